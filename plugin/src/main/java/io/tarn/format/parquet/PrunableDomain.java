package io.tarn.format.parquet;

import io.airlift.slice.Slice;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.joda.time.DateTimeZone;

import static io.airlift.slice.SliceUtf8.countCodePoints;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

/**
 * Whether a filter may be compared with a file's statistics, dictionaries and indexes. They speak of values as the
 * file stores them, the filter of values as they are read; where reading changes a value's order or its bytes, pruning
 * by it would lose rows.
 */
final class PrunableDomain
{
    private PrunableDomain() {}

    static boolean isPrunable(Domain domain, PrimitiveType fileType, DateTimeZone timeZone)
    {
        Type type = domain.getType();
        PrimitiveTypeName stored = fileType.getPrimitiveTypeName();
        LogicalTypeAnnotation annotation = fileType.getLogicalTypeAnnotation();
        if (type.equals(BOOLEAN)) {
            return stored == PrimitiveTypeName.BOOLEAN;
        }
        if (type.equals(REAL)) {
            return stored == FLOAT;
        }
        if (type.equals(DOUBLE)) {
            return stored == PrimitiveTypeName.DOUBLE;
        }
        if (isInteger(type)) {
            return (stored == INT32 || stored == INT64) && isSignedInteger(annotation);
        }
        if (type.equals(DATE)) {
            return stored == INT32 && (annotation instanceof DateLogicalTypeAnnotation || isSignedInteger(annotation));
        }
        if (type instanceof DecimalType decimal) {
            return annotation instanceof DecimalLogicalTypeAnnotation decimalAnnotation && holds(decimal, decimalAnnotation);
        }
        if (type instanceof VarcharType varchar) {
            return (stored == BINARY || stored == FIXED_LEN_BYTE_ARRAY) && (varchar.isUnbounded() || !mayMatchTruncated(domain, varchar));
        }
        if (type instanceof TimestampType) {
            // statistics of instants are compared in UTC, whatever the zone they are read in
            return stored == INT96 || (stored == INT64
                    && annotation instanceof TimestampLogicalTypeAnnotation timestamp
                    && (!timestamp.isAdjustedToUTC() || timeZone.equals(DateTimeZone.UTC)));
        }
        return false;
    }

    /**
     * Whether a value has the same bytes as stored and as read; a Bloom filter holds hashes of those stored.
     */
    static boolean keepsBytes(Type type, PrimitiveType fileType)
    {
        return !isInteger(type) || type.equals(BIGINT) == (fileType.getPrimitiveTypeName() == INT64);
    }

    private static boolean isInteger(Type type)
    {
        return type.equals(BIGINT) || type.equals(INTEGER) || type.equals(SMALLINT) || type.equals(TINYINT);
    }

    private static boolean isSignedInteger(LogicalTypeAnnotation annotation)
    {
        return annotation == null || (annotation instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
    }

    private static boolean holds(DecimalType declared, DecimalLogicalTypeAnnotation stored)
    {
        return declared.getScale() >= stored.getScale()
                && declared.getPrecision() - declared.getScale() >= stored.getPrecision() - stored.getScale();
    }

    /**
     * A longer value that is cut to the declared length may come to equal the filter's bound, while it is stored above it.
     */
    private static boolean mayMatchTruncated(Domain domain, VarcharType varchar)
    {
        for (Range range : domain.getValues().getRanges().getOrderedRanges()) {
            if (!range.isHighUnbounded() && range.isHighInclusive() && countCodePoints((Slice) range.getHighBoundedValue()) >= varchar.getBoundedLength()) {
                return true;
            }
        }
        return false;
    }
}
