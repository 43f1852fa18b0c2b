package io.tarn.view.hive;

import io.tarn.type.HiveTypes;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.Type;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables that the tests' views read.
 */
final class HiveTables
        implements RelationTypes
{
    private static final Map<SchemaTableName, Map<String, Type>> TABLES = Map.of(
            new SchemaTableName("lake", "t"), columns(
                    "i int",
                    "b bigint",
                    "d double",
                    "f float",
                    "p decimal(10,2)",
                    "s string",
                    "v varchar(10)",
                    "c char(5)",
                    "dt date",
                    "ts timestamp",
                    "flag boolean",
                    "arr array<int>",
                    "words array<string>",
                    "m map<string,int>",
                    "st struct<x:int,y:string>",
                    "sts array<struct<x:int,y:string>>",
                    "bin binary"),
            new SchemaTableName("lake", "u"), columns("i int", "name string"),
            new SchemaTableName("other", "t"), columns("i int"));

    private static Map<String, Type> columns(String... columns)
    {
        Map<String, Type> types = new LinkedHashMap<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 2);
            types.put(parts[0], HiveTypes.trinoType(HiveType.valueOf(parts[1])).orElseThrow());
        }
        return types;
    }

    @Override
    public Optional<Map<String, Type>> columns(SchemaTableName name)
    {
        return Optional.ofNullable(TABLES.get(name));
    }

    static String translate(String hiveQuery)
    {
        return new QueryTranslator(new HiveTables(), "lake").translate(QueryParser.parse(hiveQuery)).sql();
    }

    /**
     * @param expression of table t
     * @return without the table's name before each column
     */
    static String translateExpression(String expression)
    {
        String sql = translate("select %s as x from t".formatted(expression));
        String prefix = "SELECT ";
        String suffix = " AS \"x\" FROM \"lake\".\"t\" AS \"t\"";
        if (!sql.startsWith(prefix) || !sql.endsWith(suffix)) {
            throw new AssertionError(sql);
        }
        return sql.substring(prefix.length(), sql.length() - suffix.length()).replaceAll("\"t\"\\.\"(\\w+)\"", "$1");
    }
}
