package io.tarn.format.parquet;

import com.google.common.collect.ImmutableList;
import io.tarn.coerce.Coercion;
import io.tarn.coerce.Coercions;
import io.tarn.format.FileColumn;
import io.tarn.format.FileRead;
import io.trino.parquet.Column;
import io.trino.parquet.Field;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import org.apache.parquet.io.ColumnIO;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static io.trino.parquet.ParquetTypeUtils.constructField;
import static io.trino.parquet.ParquetTypeUtils.lookupColumnByName;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.TimestampType.TIMESTAMP_NANOS;

/**
 * The fields that the reader decodes, and the columns made of them.
 *
 * @param readerColumns in the reader's order
 * @param columns in the order asked
 */
record ParquetFields(List<Column> readerColumns, List<ParquetColumn> columns)
{
    ParquetFields
    {
        readerColumns = ImmutableList.copyOf(readerColumns);
        columns = ImmutableList.copyOf(columns);
    }

    /**
     * @param read asks for whole fields
     * @throws io.trino.spi.TrinoException {@code TARN_SCHEMA_MISMATCH} where a field's shape is not the declared one
     */
    static ParquetFields of(FileRead read, ParquetColumns fileColumns, MessageColumnIO messageColumn)
    {
        ImmutableList.Builder<Column> readerColumns = ImmutableList.builder();
        ImmutableList.Builder<ParquetColumn> columns = ImmutableList.builder();
        int channel = 0;
        for (FileColumn column : read.columns()) {
            Optional<ColumnIO> found = fileColumns.field(column).map(field -> lookupColumnByName(messageColumn, field.getName()));
            Optional<Coercion> coercion = found.flatMap(io -> coercion(read, column, io));
            Optional<Field> field = found.flatMap(io -> field(read, column, coercion.map(Coercion::from).orElse(column.type()), io));
            if (field.isEmpty()) {
                columns.add(new ParquetColumn(OptionalInt.empty(), Optional.empty(), column.type()));
                continue;
            }
            readerColumns.add(new Column(found.get().getName(), field.get()));
            columns.add(new ParquetColumn(OptionalInt.of(channel), coercion, column.type()));
            channel++;
        }
        return new ParquetFields(readerColumns.build(), columns.build());
    }

    private static Optional<Field> field(FileRead read, FileColumn column, Type type, ColumnIO io)
    {
        try {
            return constructField(type, io);
        }
        catch (RuntimeException e) {
            // the library looks for groups where the type has elements or fields
            throw ParquetFailures.doesNotFit(read.slice().location(), "column '%s' is declared %s, but is %s in the file".formatted(column.name(), column.hiveType(), shape(io)), e);
        }
    }

    private static String shape(ColumnIO io)
    {
        return io.getType().toString().replaceAll("\\s+", " ");
    }

    /**
     * What the reader itself does not do: numbers read as text, and whole numbers as double.
     */
    private static Optional<Coercion> coercion(FileRead read, FileColumn column, ColumnIO io)
    {
        if (!io.getType().isPrimitive()) {
            return Optional.empty();
        }
        PrimitiveType primitive = io.getType().asPrimitiveType();
        return fileType(primitive, column.type())
                .flatMap(from -> Coercions.between(from, column.type(), "column '%s' of %s".formatted(column.name(), read.slice().location())));
    }

    private static Optional<Type> fileType(PrimitiveType primitive, Type declared)
    {
        LogicalTypeAnnotation annotation = primitive.getLogicalTypeAnnotation();
        boolean number = annotation == null || annotation instanceof IntLogicalTypeAnnotation;
        if (!declared.equals(DOUBLE) && !(declared instanceof VarcharType)) {
            return Optional.empty();
        }
        if (declared instanceof VarcharType && annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return Optional.of(createDecimalType(decimal.getPrecision(), decimal.getScale()));
        }
        return switch (primitive.getPrimitiveTypeName()) {
            case INT32 -> number ? Optional.of(INTEGER) : Optional.empty();
            case INT64 -> number ? Optional.of(BIGINT) : Optional.empty();
            case FLOAT -> declared instanceof VarcharType ? Optional.of(REAL) : Optional.empty();
            case DOUBLE -> declared instanceof VarcharType ? Optional.of(DOUBLE) : Optional.empty();
            case INT96 -> declared instanceof VarcharType ? Optional.of(TIMESTAMP_NANOS) : Optional.empty();
            case BINARY, FIXED_LEN_BYTE_ARRAY, BOOLEAN -> Optional.empty();
        };
    }
}
