package io.tarn.format.parquet;

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
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a Parquet file as parquet-hadoop reads them, with values as Trino shows them.
 */
final class HadoopParquetReader
{
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 24 * 60 * 60 * 1_000_000L;

    private HadoopParquetReader() {}

    static List<List<Object>> rows(Path file, List<Type> types)
    {
        List<List<Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).withConf(new PlainParquetConfiguration()).build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(fields(group, types));
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static List<Object> fields(Group group, List<Type> types)
    {
        Object[] values = new Object[types.size()];
        for (int field = 0; field < values.length; field++) {
            values[field] = value(types.get(field), group, field);
        }
        return Arrays.asList(values);
    }

    private static Object value(Type type, Group group, int field)
    {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type) {
            case BooleanType _ -> group.getBoolean(field, 0);
            case TinyintType _ -> (byte) group.getInteger(field, 0);
            case SmallintType _ -> (short) group.getInteger(field, 0);
            case IntegerType _ -> group.getInteger(field, 0);
            case BigintType _ -> group.getLong(field, 0);
            case RealType _ -> group.getFloat(field, 0);
            case DoubleType _ -> group.getDouble(field, 0);
            case DecimalType decimal -> new SqlDecimal(new BigInteger(group.getBinary(field, 0).getBytes()), decimal.getPrecision(), decimal.getScale());
            case VarcharType _ -> group.getString(field, 0);
            case CharType character -> pad(group.getString(field, 0), character.getLength());
            case VarbinaryType _ -> new SqlVarbinary(group.getBinary(field, 0).getBytes());
            case DateType _ -> new SqlDate(group.getInteger(field, 0));
            case TimestampType _ -> timestamp(group.getInt96(field, 0).getBytes());
            case ArrayType array -> array(array, group.getGroup(field, 0));
            case MapType map -> map(map, group.getGroup(field, 0));
            case RowType row -> fields(group.getGroup(field, 0), row.getFieldTypes());
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static List<Object> array(ArrayType type, Group list)
    {
        List<Object> elements = new ArrayList<>();
        for (int index = 0; index < list.getFieldRepetitionCount(0); index++) {
            elements.add(value(type.getElementType(), list.getGroup(0, index), 0));
        }
        return elements;
    }

    private static Map<Object, Object> map(MapType type, Group entries)
    {
        Map<Object, Object> map = new HashMap<>();
        for (int index = 0; index < entries.getFieldRepetitionCount(0); index++) {
            Group entry = entries.getGroup(0, index);
            map.put(value(type.getKeyType(), entry, 0), value(type.getValueType(), entry, 1));
        }
        return map;
    }

    private static String pad(String text, int length)
    {
        return Strings.padEnd(text, length + text.length() - text.codePointCount(0, text.length()), ' ');
    }

    private static SqlTimestamp timestamp(byte[] int96)
    {
        ByteBuffer buffer = ByteBuffer.wrap(int96).order(ByteOrder.LITTLE_ENDIAN);
        long micros = buffer.getLong() / 1000;
        long day = buffer.getInt() - JULIAN_DAY_OF_EPOCH;
        return SqlTimestamp.newInstance(3, day * MICROS_PER_DAY + micros, 0);
    }

    private static final class Builder
            extends ParquetReader.Builder<Group>
    {
        private Builder(InputFile file)
        {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport()
        {
            return new GroupReadSupport();
        }
    }
}
