package io.tarn.format.orc;

import com.google.common.base.Strings;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlDecimal;
import io.trino.spi.type.SqlTimestamp;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.DoubleColumnVector;
import org.apache.orc.storage.ql.exec.vector.ListColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.StructColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.lang.Math.floorDiv;
import static java.lang.Math.toIntExact;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The rows of an ORC file as Apache's own reader reads them, with values as Trino shows them.
 */
final class ApacheOrcReader
{
    private ApacheOrcReader() {}

    static List<List<Object>> rows(Path file, List<Type> types)
    {
        Configuration configuration = new Configuration(false);
        List<List<Object>> rows = new ArrayList<>();
        // handed to the reader, which would look for one as a user that Hadoop of this age cannot make out
        try (RawLocalFileSystem fileSystem = new RawLocalFileSystem()) {
            fileSystem.initialize(URI.create("file:///"), configuration);
            OrcFile.ReaderOptions options = OrcFile.readerOptions(configuration).filesystem(fileSystem).useUTCTimestamp(true).convertToProlepticGregorian(true);
            try (Reader reader = OrcFile.createReader(new org.apache.hadoop.fs.Path(file.toUri()), options);
                    RecordReader records = reader.rows()) {
                VectorizedRowBatch batch = reader.getSchema().createRowBatch();
                while (records.nextBatch(batch)) {
                    for (int row = 0; row < batch.size; row++) {
                        rows.add(fields(batch.cols, types, row));
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static List<Object> fields(ColumnVector[] vectors, List<Type> types, int row)
    {
        Object[] values = new Object[types.size()];
        for (int field = 0; field < values.length; field++) {
            values[field] = value(types.get(field), vectors[field], row);
        }
        return Arrays.asList(values);
    }

    private static Object value(Type type, ColumnVector vector, int position)
    {
        int row = vector.isRepeating ? 0 : position;
        if (!vector.noNulls && vector.isNull[row]) {
            return null;
        }
        return switch (type) {
            case BooleanType _ -> number(vector, row) != 0;
            case TinyintType _ -> (byte) number(vector, row);
            case SmallintType _ -> (short) number(vector, row);
            case IntegerType _ -> toIntExact(number(vector, row));
            case BigintType _ -> number(vector, row);
            case RealType _ -> (float) ((DoubleColumnVector) vector).vector[row];
            case DoubleType _ -> ((DoubleColumnVector) vector).vector[row];
            case DecimalType decimal -> decimal(decimal, ((DecimalColumnVector) vector).vector[row].getHiveDecimal().bigDecimalValue());
            case VarcharType _ -> new String(bytes(vector, row), UTF_8);
            case CharType character -> pad(new String(bytes(vector, row), UTF_8), character.getLength());
            case VarbinaryType _ -> new SqlVarbinary(bytes(vector, row));
            case DateType _ -> new SqlDate(toIntExact(number(vector, row)));
            case TimestampType _ -> timestamp((TimestampColumnVector) vector, row);
            case ArrayType array -> array(array, (ListColumnVector) vector, row);
            case MapType map -> map(map, (MapColumnVector) vector, row);
            case RowType struct -> fields(((StructColumnVector) vector).fields, struct.getFieldTypes(), row);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static long number(ColumnVector vector, int row)
    {
        return ((LongColumnVector) vector).vector[row];
    }

    private static byte[] bytes(ColumnVector vector, int row)
    {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        return Arrays.copyOfRange(bytes.vector[row], bytes.start[row], bytes.start[row] + bytes.length[row]);
    }

    private static SqlDecimal decimal(DecimalType type, BigDecimal value)
    {
        return new SqlDecimal(value.setScale(type.getScale()).unscaledValue(), type.getPrecision(), type.getScale());
    }

    private static String pad(String text, int length)
    {
        return Strings.padEnd(text, length + text.length() - text.codePointCount(0, text.length()), ' ');
    }

    private static SqlTimestamp timestamp(TimestampColumnVector vector, int row)
    {
        return SqlTimestamp.newInstance(3, floorDiv(vector.time[row], 1000L) * 1_000_000 + vector.nanos[row] / 1000, 0);
    }

    private static List<Object> array(ArrayType type, ListColumnVector vector, int row)
    {
        List<Object> elements = new ArrayList<>();
        for (long index = vector.offsets[row]; index < vector.offsets[row] + vector.lengths[row]; index++) {
            elements.add(value(type.getElementType(), vector.child, toIntExact(index)));
        }
        return elements;
    }

    private static Map<Object, Object> map(MapType type, MapColumnVector vector, int row)
    {
        Map<Object, Object> map = new HashMap<>();
        for (long index = vector.offsets[row]; index < vector.offsets[row] + vector.lengths[row]; index++) {
            map.put(value(type.getKeyType(), vector.keys, toIntExact(index)), value(type.getValueType(), vector.values, toIntExact(index)));
        }
        return map;
    }
}
