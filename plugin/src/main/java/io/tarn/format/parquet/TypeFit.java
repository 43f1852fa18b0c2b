package io.tarn.format.parquet;

import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.PrimitiveField;
import io.trino.parquet.reader.ColumnReaderFactory;
import io.trino.spi.TrinoException;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.joda.time.DateTimeZone;

import static io.tarn.format.parquet.FieldTree.lowerCase;
import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.Type.Repetition.REPEATED;

/**
 * Whether a declared type can be read from what a file holds.
 */
final class TypeFit
{
    private final ColumnReaderFactory readers;
    private final AggregatedMemoryContext memoryContext = newSimpleAggregatedMemoryContext();

    TypeFit(DateTimeZone timeZone, ParquetReaderOptions options)
    {
        readers = new ColumnReaderFactory(timeZone, options);
    }

    /**
     * Whether the file's field is built as the type is; fields that the file lacks fit, except where a list's or map's elements would have nothing to be counted by.
     */
    static boolean shapeFits(Type type, org.apache.parquet.schema.Type fileType)
    {
        return shapeFits(type, fileType, false);
    }

    private static boolean shapeFits(Type type, org.apache.parquet.schema.Type fileType, boolean element)
    {
        if (type instanceof ArrayType array) {
            return arrayFits(array.getElementType(), fileType);
        }
        if (!element && fileType.isRepetition(REPEATED)) {
            return false;
        }
        if (type instanceof RowType row) {
            return rowFits(row, fileType, element);
        }
        if (type instanceof MapType map) {
            return mapFits(map, fileType);
        }
        return fileType.isPrimitive();
    }

    private static boolean rowFits(RowType row, org.apache.parquet.schema.Type fileType, boolean element)
    {
        if (fileType.isPrimitive() || isCollection(fileType)) {
            return false;
        }
        GroupType group = fileType.asGroupType();
        boolean found = false;
        for (RowType.Field field : row.getFields()) {
            String name = lowerCase(field.getName().orElseThrow());
            if (group.containsField(name)) {
                found = true;
                if (!shapeFits(field.getType(), group.getType(name), false)) {
                    return false;
                }
            }
        }
        return found || !element;
    }

    private static boolean arrayFits(Type elementType, org.apache.parquet.schema.Type fileType)
    {
        if (fileType.isPrimitive()) {
            return fileType.isRepetition(REPEATED) && shapeFits(elementType, fileType, true);
        }
        GroupType group = fileType.asGroupType();
        if (fileType.isRepetition(REPEATED) || group.getFieldCount() != 1 || !group.getType(0).isRepetition(REPEATED)) {
            return false;
        }
        return shapeFits(elementType, element(group, group.getType(0)), true);
    }

    /**
     * The rules for lists of two and of three levels are those of Parquet's LogicalTypes.md, "Backward-compatibility rules".
     */
    private static org.apache.parquet.schema.Type element(GroupType list, org.apache.parquet.schema.Type repeated)
    {
        if (repeated.isPrimitive()
                || repeated.getLogicalTypeAnnotation() != null
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple")) {
            return repeated;
        }
        return repeated.asGroupType().getType(0);
    }

    private static boolean mapFits(MapType map, org.apache.parquet.schema.Type fileType)
    {
        if (fileType.isPrimitive() || fileType.asGroupType().getFieldCount() != 1) {
            return false;
        }
        org.apache.parquet.schema.Type entries = fileType.asGroupType().getType(0);
        if (entries.isPrimitive() || !entries.isRepetition(REPEATED) || entries.asGroupType().getFieldCount() != 2) {
            return false;
        }
        return shapeFits(map.getKeyType(), entries.asGroupType().getType(0), true)
                && shapeFits(map.getValueType(), entries.asGroupType().getType(1), true);
    }

    private static boolean isCollection(org.apache.parquet.schema.Type fileType)
    {
        return fileType.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                || fileType.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
                || fileType.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation;
    }

    /**
     * Whether the reader can decode the file's values as the field's type.
     */
    boolean valuesFit(PrimitiveField field)
    {
        Type type = field.getType();
        PrimitiveTypeName stored = field.getDescriptor().getPrimitiveType().getPrimitiveTypeName();
        // the reader would take an integer's bits for those of a floating point number
        if ((type.equals(REAL) && stored != FLOAT) || (type.equals(DOUBLE) && stored != FLOAT && stored != PrimitiveTypeName.DOUBLE)) {
            return false;
        }
        boolean text = type instanceof VarcharType || type instanceof CharType || type instanceof VarbinaryType;
        // the reader would hand out the unscaled number's bytes
        if (text && field.getDescriptor().getPrimitiveType().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
            return false;
        }
        try {
            readers.create(field, memoryContext);
            return true;
        }
        catch (TrinoException _) {
            return false;
        }
    }
}
