package io.tarn.ddl;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.format.FormatWriters;
import io.trino.metastore.SortingColumn;
import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.TypeManager;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.doubleProperty;
import static io.trino.spi.session.PropertyMetadata.integerProperty;
import static io.trino.spi.session.PropertyMetadata.stringProperty;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * The properties of tables as the engine checks them before a statement is run.
 */
public class TableProperties
{
    private final List<PropertyMetadata<?>> properties;

    @Inject
    public TableProperties(FormatWriters writers, TypeManager typeManager)
    {
        MapType textMap = new MapType(VARCHAR, VARCHAR, typeManager.getTypeOperators());
        String formats = String.join(", ", writers.names());
        properties = ImmutableList.of(
                stringProperty(TableProperty.FORMAT, "Format of the files: " + formats + ", or REGEX to read only", "PARQUET", false),
                stringProperty(TableProperty.EXTERNAL_LOCATION, "Where the files of a table are that does not own them", null, false),
                booleanProperty(TableProperty.IS_EXTERNAL, "As in Athena: true, or absent, for tables of Hive's kind", null, false),
                names(TableProperty.PARTITIONED_BY, "Partition keys, which are the last columns"),
                names(TableProperty.BUCKETED_BY, "Columns that rows are distributed to buckets by"),
                integerProperty(TableProperty.BUCKET_COUNT, "Buckets of a partition", 0, false),
                integerProperty(TableProperty.BUCKETING_VERSION, "Hive's hash that distributes rows to buckets: 1 or 2", null, false),
                new PropertyMetadata<List<SortingColumn>>(
                        TableProperty.SORTED_BY,
                        "Columns that the rows of a bucket's files are sorted by, with DESC for the greatest first",
                        new ArrayType(VARCHAR),
                        castList(),
                        ImmutableList.of(),
                        false,
                        value -> ((Collection<?>) value).stream().map(element -> BucketDeclaration.sortingColumn((String) element)).collect(toImmutableList()),
                        value -> value.stream().map(BucketDeclaration::text).collect(toImmutableList())),
                stringProperty(TableProperty.WRITE_COMPRESSION, "Codec of the files", null, false),
                stringProperty(TableProperty.PARQUET_COMPRESSION, "Codec of Parquet files", null, false),
                stringProperty(TableProperty.ORC_COMPRESSION, "Codec of ORC files", null, false),
                integerProperty(TableProperty.COMPRESSION_LEVEL, "Level of the codec", null, false),
                stringProperty(TableProperty.FIELD_DELIMITER, "As textfile_field_separator; for CSV as csv_separator", null, false),
                stringProperty(TableProperty.TEXTFILE_FIELD_SEPARATOR, "Character between the fields of a text file", null, false),
                stringProperty(TableProperty.TEXTFILE_FIELD_SEPARATOR_ESCAPE, "Character before one that is not meant as a separator in a text file", null, false),
                stringProperty(TableProperty.NULL_FORMAT, "What stands for NULL in a text file", null, false),
                stringProperty(TableProperty.CSV_SEPARATOR, "Character between the fields of a CSV file", null, false),
                stringProperty(TableProperty.CSV_QUOTE, "Character around the fields of a CSV file", null, false),
                stringProperty(TableProperty.CSV_ESCAPE, "Character before one that is not meant as a quote in a CSV file", null, false),
                count(TableProperty.SKIP_HEADER_LINE_COUNT, "Lines to pass over at the beginning of each file"),
                count(TableProperty.SKIP_FOOTER_LINE_COUNT, "Lines to pass over at the end of each file"),
                stringProperty(TableProperty.AVRO_SCHEMA_URL, "Where the Avro schema is", null, false),
                stringProperty(TableProperty.AVRO_SCHEMA_LITERAL, "The Avro schema", null, false),
                stringProperty(TableProperty.ION_ENCODING, "Form of Ion's files, BINARY or TEXT", null, false),
                names(TableProperty.ORC_BLOOM_FILTER_COLUMNS, "Columns that ORC files have Bloom filters of"),
                doubleProperty(TableProperty.ORC_BLOOM_FILTER_FPP, "Rate at which ORC's Bloom filters are wrong", null, false),
                names(TableProperty.PARQUET_BLOOM_FILTER_COLUMNS, "Columns that Parquet files have Bloom filters of"),
                stringProperty(TableProperty.REGEX, "Expression whose groups are the columns", null, false),
                booleanProperty(TableProperty.REGEX_CASE_INSENSITIVE, "Whether the expression passes over upper and lower case", null, false),
                booleanProperty(TableProperty.AUTO_PURGE, "Kept for Hive, which deletes at once what is dropped; here it always is", null, false),
                new PropertyMetadata<>(
                        TableProperty.EXTRA_PROPERTIES,
                        "Further parameters of the table in the catalogue",
                        textMap,
                        Map.class,
                        null,
                        true,
                        value -> (Map<?, ?>) value,
                        value -> value));
    }

    private static PropertyMetadata<Integer> count(String name, String description)
    {
        return integerProperty(name, description, null, value -> {
            if (value != null && value < 0) {
                throw new TrinoException(INVALID_TABLE_PROPERTY, "%s is %s: it must not be negative".formatted(name, value));
            }
        }, false);
    }

    private static PropertyMetadata<List<String>> names(String name, String description)
    {
        return new PropertyMetadata<>(
                name,
                description,
                new ArrayType(VARCHAR),
                castList(),
                ImmutableList.of(),
                false,
                value -> ((Collection<?>) value).stream().map(element -> ((String) element).toLowerCase(Locale.ENGLISH)).collect(toImmutableList()),
                value -> value);
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<List<T>> castList()
    {
        return (Class<List<T>>) (Class<?>) List.class;
    }

    public List<PropertyMetadata<?>> properties()
    {
        return properties;
    }
}
