package io.tarn.format.line;

/**
 * A column of each type that a table can have, and what is nested in others.
 */
public final class AllTypes
{
    /**
     * Names and types, in turn.
     */
    public static final String[] ALL_TYPES = {
            "c_boolean", "boolean",
            "c_tinyint", "tinyint",
            "c_smallint", "smallint",
            "c_int", "int",
            "c_bigint", "bigint",
            "c_float", "float",
            "c_double", "double",
            "c_decimal", "decimal(10,2)",
            "c_long_decimal", "decimal(38,10)",
            "c_string", "string",
            "c_varchar", "varchar(4)",
            "c_char", "char(4)",
            "c_date", "date",
            "c_timestamp", "timestamp",
            "c_binary", "binary",
            "c_array", "array<int>",
            "c_map", "map<string,bigint>",
            "c_struct", "struct<a:int,b:string,c:struct<d:double,e:array<string>>>",
    };

    private AllTypes() {}
}
