package io.tarn.format.csv;

import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.line.LineFiles;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlDecimal;
import io.trino.spi.type.SqlTimestamp;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.tarn.error.TarnErrorCode.TARN_BAD_DATA;
import static io.tarn.format.line.LineFiles.schema;
import static io.trino.hive.formats.HiveClassNames.OPENCSV_SERDE_CLASS;
import static io.trino.testing.assertions.TrinoExceptionAssert.assertTrinoExceptionThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

class TestCsvFormat
{
    private static final String[] TYPES = {
            "tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "decimal(10,2)", "decimal(38,4)",
            "date", "timestamp", "string", "varchar(3)", "char(3)",
    };

    private final LineFiles files = new LineFiles();

    @Test
    void testColumnsAreReadAsDeclared()
    {
        FileSchema schema = allTypes();
        assertThat(files.rows(schema, files.write("typed.csv",
                """
                -128,32767,"2147483647",-9223372036854775808,1.5,-2.25e3,TRUE,12.345,123456789012345678901234567890.12345,17537,1515235434123,text,abcdef,"a  "
                "+1",0,-0,9223372036854775807,NaN,Infinity,"false",-0.005,0,-1,-1,"",€uroé,
                """)))
                .containsExactly(
                        List.of((byte) -128,
                                (short) 32767,
                                2147483647,
                                Long.MIN_VALUE,
                                1.5f,
                                -2250.0,
                                true,
                                new SqlDecimal(new BigDecimal("12.35").unscaledValue(), 10, 2),
                                new SqlDecimal(new BigDecimal("123456789012345678901234567890.1235").unscaledValue(), 38, 4),
                                new SqlDate((int) LocalDate.of(2018, 1, 6).toEpochDay()),
                                SqlTimestamp.fromMillis(3, 1515235434123L),
                                "text",
                                "abc",
                                "a  "),
                        List.of((byte) 1,
                                (short) 0,
                                0,
                                Long.MAX_VALUE,
                                Float.NaN,
                                Double.POSITIVE_INFINITY,
                                false,
                                new SqlDecimal(new BigDecimal("-0.01").unscaledValue(), 10, 2),
                                new SqlDecimal(new BigDecimal("0.0000").unscaledValue(), 38, 4),
                                new SqlDate(-1),
                                SqlTimestamp.fromMillis(3, -1),
                                "",
                                "€ur",
                                "   "));
    }

    @Test
    void testFieldsThatTheLineLacksAreNull()
    {
        FileSchema schema = schema(OPENCSV_SERDE_CLASS, "a", "string", "b", "int", "c", "timestamp");
        List<Object> short1 = new ArrayList<>(List.of("x"));
        short1.addAll(Collections.nCopies(2, null));
        assertThat(files.rows(schema, files.write("short.csv", "x\n\n")))
                .containsExactly(short1, Collections.nCopies(3, null));
    }

    @Test
    void testValueThatIsNotOfTheType()
    {
        for (String type : TYPES) {
            if (!type.equals("string") && !type.contains("char")) {
                for (String value : List.of("", "x", "1 2", "0x10", "१")) {
                    assertBad(type, value);
                }
            }
        }
        for (String type : List.of("tinyint", "smallint", "int", "bigint", "date", "timestamp")) {
            for (String value : List.of("1.0", " 1", "1 ", "+", "-", "--1", "1e3", "99999999999999999999", "-9223372036854775809")) {
                assertBad(type, value);
            }
        }
        assertBad("tinyint", "128");
        assertBad("smallint", "-32769");
        assertBad("int", "2147483648");
        assertBad("date", "2147483648");
        assertBad("date", "2018-01-06");
        assertBad("timestamp", "2018-01-06 10:43:54");
        assertBad("timestamp", "9223372036854775807");
        assertBad("boolean", "1");
        assertBad("decimal(10,2)", "100000000");
        assertBad("decimal(10,2)", "99999999.995");
        assertBad("decimal(10,2)", "1e2000000000");
    }

    @Test
    void testTinyDecimalIsZero()
    {
        assertThat(files.rows(schema(OPENCSV_SERDE_CLASS, "v", "decimal(10,2)"), files.write("tiny.csv", "1e-2000000000\n0e2000000000\n0.004\n0.005")))
                .extracting(row -> row.getFirst().toString())
                .containsExactly("0.00", "0.00", "0.00", "0.01");
    }

    @Test
    void testBadValueOfColumnThatIsNotAskedForIsNoMatter()
    {
        FileSchema schema = schema(OPENCSV_SERDE_CLASS, "a", "int", "b", "int");
        FileSlice file = files.write("half.csv", "1,x\n2,y\n");
        assertThat(files.rows(schema, file, List.of(LineFiles.column(schema, "a"), FileColumn.RAW_LINE)))
                .containsExactly(List.of(1, "1,x"), List.of(2, "2,y"));
    }

    @Test
    void testWholeNumbersAsJavaReadsThem()
    {
        Random random = new Random(23);
        List<Long> expected = new ArrayList<>();
        StringBuilder csv = new StringBuilder();
        for (int row = 0; row < 5000; row++) {
            long value = random.nextLong() >> random.nextInt(64);
            expected.add(value);
            csv.append(random.nextBoolean() ? "\"" + value + "\"" : value).append('\n');
        }
        assertThat(files.rows(schema(OPENCSV_SERDE_CLASS, "n", "bigint"), files.write("numbers.csv", csv.toString())))
                .extracting(List::getFirst)
                .isEqualTo(expected);
    }

    private void assertBad(String type, String value)
    {
        FileSchema schema = schema(OPENCSV_SERDE_CLASS, "k", "string", "v", type);
        FileSlice file = files.write("bad.csv", "key,\"%s\"\n".formatted(value));
        assertTrinoExceptionThrownBy(() -> files.rows(schema, file))
                .as("%s as %s", value, type)
                .hasErrorCode(TARN_BAD_DATA)
                .hasMessageStartingWith("Line 1 of memory:///bad.csv, column 'v' (%s): '%s' is not ".formatted(type, value))
                .hasMessageContaining("declare the column as string");
    }

    private static FileSchema allTypes()
    {
        List<String> fields = new ArrayList<>();
        for (String type : TYPES) {
            fields.add("c" + fields.size());
            fields.add(type);
        }
        return schema(OPENCSV_SERDE_CLASS, fields.toArray(String[]::new));
    }
}
