package io.tarn.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.csv.CsvFormatWriter;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.HiveJsonFormatWriter;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.json.OpenXJsonFormatWriter;
import io.tarn.format.line.source.LineConfig;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.parquet.ParquetFooters;
import io.tarn.format.parquet.ParquetFormat;
import io.tarn.format.parquet.ParquetReadConfig;
import io.tarn.format.parquet.write.ParquetFormatWriter;
import io.tarn.format.parquet.write.ParquetWriteConfig;
import io.tarn.format.parquet.write.ParquetWriteSessionProperties;
import io.tarn.format.text.TextFormat;
import io.tarn.format.text.TextFormatWriter;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.Location;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.metastore.HiveType;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlDecimal;
import io.trino.spi.type.SqlTimestamp;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import org.duckdb.DuckDBDriver;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * DuckDB as a reader that shares no code with Tarn's.
 */
class TestDuckDbReadsWhatIsWritten
{
    private static final ConnectorSession SESSION = TestingConnectorSession.builder()
            .setPropertyMetadata(ImmutableList.<PropertyMetadata<?>>builder()
                    .addAll(new LineSessionProperties(new LineConfig()).getSessionProperties())
                    .addAll(new ParquetWriteSessionProperties(new ParquetWriteConfig()).getSessionProperties())
                    .build())
            .build();
    private static final ParquetReadConfig PARQUET = new ParquetReadConfig();

    private static final List<String> SCALARS = ImmutableList.of(
            "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(5,2)", "string", "varchar(4)", "date", "timestamp");
    private static final List<String> JSON_COLUMNS = ImmutableList.of(
            "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(5,2)", "VARCHAR", "VARCHAR", "DATE", "TIMESTAMP", "INTEGER[]", "STRUCT(a INTEGER, b BIGINT[])");
    private static final List<String> NESTED = ImmutableList.of("array<int>", "struct<a:int,b:array<bigint>>");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, names = {"NONE", "SNAPPY", "GZIP", "ZSTD"})
    void testParquet(FileCodec codec)
            throws SQLException
    {
        List<String> types = ImmutableList.<String>builder().addAll(SCALARS).add("decimal(18,4)", "decimal(38,10)").addAll(NESTED).build();
        ParquetFormat format = new ParquetFormat(PARQUET, new ParquetFooters(PARQUET));
        assertReadBack(new ParquetFormatWriter(format, DateTimeZone.UTC, new ParquetWriteConfig()), types, codec, "read_parquet('%s')");
    }

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, names = {"NONE", "GZIP", "ZSTD"})
    void testJson(FileCodec codec)
            throws SQLException
    {
        List<String> types = ImmutableList.<String>builder().addAll(SCALARS).addAll(NESTED).build();
        List<String> columns = IntStream.range(0, types.size()).mapToObj(index -> "column_%s: '%s'".formatted(index, JSON_COLUMNS.get(index))).toList();
        String relation = "read_json('%s', format = 'newline_delimited', columns = {" + String.join(", ", columns) + "})";
        assertReadBack(new HiveJsonFormatWriter(new HiveJsonFormat()), types, codec, relation);
        assertReadBack(new OpenXJsonFormatWriter(new OpenXJsonFormat()), types, codec, relation);
    }

    @ParameterizedTest
    @EnumSource(value = FileCodec.class, names = {"NONE", "GZIP", "ZSTD"})
    void testDelimited(FileCodec codec)
            throws SQLException
    {
        List<String> types = ImmutableList.of("boolean", "int", "bigint", "double", "decimal(5,2)", "string", "varchar(4)");
        String columns = "auto_detect = false, header = false, columns = {column_0: 'BOOLEAN', column_1: 'INTEGER', column_2: 'BIGINT', column_3: 'DOUBLE', column_4: 'DECIMAL(5,2)', column_5: 'VARCHAR', column_6: 'VARCHAR'}";
        assertReadBack(new CsvFormatWriter(new CsvFormat()), types, codec, "read_csv('%s', delim = ',', quote = '\"', escape = '\\', " + columns + ")");
        assertReadBack(new TextFormatWriter(new TextFormat()), types, codec, "read_csv('%s', delim = '\u0001', quote = '', escape = '', nullstr = '\\N', " + columns + ")");
    }

    private void assertReadBack(FormatWriter writer, List<String> hiveTypes, FileCodec codec, String relation)
            throws SQLException
    {
        FileSchema schema = new FileSchema(
                writer.storageFormat().getSerde(),
                writer.storageFormat().getInputFormat(),
                IntStream.range(0, hiveTypes.size()).mapToObj(index -> new FileField("column_" + index, HiveType.valueOf(hiveTypes.get(index)))).toList(),
                ImmutableMap.of());
        List<Type> types = schema.fields().stream().map(field -> HiveTypes.trinoType(field.type()).orElseThrow()).toList();
        RandomPages random = RandomPages.tame(codec.ordinal());
        Page page = (writer instanceof CsvFormatWriter ? random.withoutNulls() : random).page(types, 300);

        String name = writer.name() + writer.extension(codec);
        FileSink sink = writer.create(new FileWrite(
                SESSION,
                new LocalFileSystemFactory(directory).create(ConnectorIdentity.ofUser("test")),
                Location.of("local:///" + name),
                schema,
                codec,
                OptionalInt.empty()));
        sink.append(page);
        sink.finish();

        List<List<Object>> expected = RandomPages.rows(types, page).stream()
                .map(row -> IntStream.range(0, types.size()).mapToObj(channel -> comparable(types.get(channel), row.get(channel))).toList())
                .toList();
        List<List<Object>> actual = duckDbRows(relation.formatted(directory.resolve(name)), types);
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(actual.get(row)).as("row %s of %s", row, name).isEqualTo(expected.get(row));
        }
    }

    private static List<List<Object>> duckDbRows(String relation, List<Type> types)
            throws SQLException
    {
        List<List<Object>> rows = new ArrayList<>();
        String columns = String.join(", ", IntStream.range(0, types.size())
                .mapToObj(index -> isNested(types.get(index)) ? "CAST(column_%s AS VARCHAR)".formatted(index) : "column_" + index)
                .toList());
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT %s FROM %s".formatted(columns, relation))) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int index = 0; index < types.size(); index++) {
                    row.add(value(result, index + 1));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object value(ResultSet result, int column)
            throws SQLException
    {
        return switch (result.getMetaData().getColumnTypeName(column)) {
            case "DATE" -> result.getObject(column, LocalDate.class);
            case "TIMESTAMP" -> result.getObject(column, LocalDateTime.class);
            default -> unsignedZero(result.getObject(column));
        };
    }

    /**
     * A value of Trino's as DuckDB gives it back, or shows it where it is nested.
     */
    private static Object comparable(Type type, Object value)
    {
        return switch (value) {
            case SqlDecimal decimal -> decimal.toBigDecimal();
            case SqlDate date -> LocalDate.ofEpochDay(date.getDays());
            case SqlTimestamp timestamp -> timestamp.toLocalDateTime();
            case List<?> list when type instanceof RowType -> "{'a': %s, 'b': %s}".formatted(shown(list.getFirst()), shown(list.getLast()));
            case List<?> list -> shown(list);
            case null -> null;
            default -> unsignedZero(value);
        };
    }

    /**
     * In the OpenX SerDe's JSON negative zero is a whole number, whose sign DuckDB drops.
     */
    private static Object unsignedZero(Object value)
    {
        return value instanceof Double number && number == 0 ? Double.valueOf(0) : value;
    }

    private static boolean isNested(Type type)
    {
        return type instanceof ArrayType || type instanceof RowType;
    }

    private static String shown(Object value)
    {
        return String.valueOf(value).replace("null", "NULL");
    }
}
