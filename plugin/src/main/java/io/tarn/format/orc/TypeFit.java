package io.tarn.format.orc;

import io.trino.orc.metadata.OrcType;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.CharType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SmallintType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.TinyintType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;

import java.util.Optional;

import static io.trino.orc.metadata.OrcType.OrcTypeKind.BINARY;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.BYTE;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.CHAR;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.DECIMAL;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.FLOAT;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.INT;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.LONG;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.SHORT;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.STRING;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.TIMESTAMP;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.TIMESTAMP_INSTANT;
import static io.trino.orc.metadata.OrcType.OrcTypeKind.VARCHAR;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.Decimals.MAX_PRECISION;
import static io.trino.spi.type.TinyintType.TINYINT;

/**
 * Whether a declared type of single values can be read from what a file holds.
 */
final class TypeFit
{
    private TypeFit() {}

    /**
     * Whether the reader decodes the file's type as the declared one.
     */
    static boolean fits(Type declared, OrcType stored)
    {
        OrcTypeKind kind = stored.getOrcTypeKind();
        return switch (declared) {
            case BooleanType _ -> kind == OrcTypeKind.BOOLEAN;
            case TinyintType _ -> kind == BYTE;
            case SmallintType _, IntegerType _, BigintType _ -> kind == SHORT || kind == INT || kind == LONG;
            case DateType _ -> kind == OrcTypeKind.DATE;
            case RealType _ -> kind == FLOAT;
            case DoubleType _ -> kind == FLOAT || kind == OrcTypeKind.DOUBLE;
            case DecimalType decimal -> kind == DECIMAL && holds(decimal, stored);
            case VarcharType _, CharType _, VarbinaryType _ -> kind == STRING || kind == VARCHAR || kind == CHAR || kind == BINARY;
            case TimestampType _ -> kind == TIMESTAMP;
            case TimestampWithTimeZoneType _ -> kind == TIMESTAMP_INSTANT;
            default -> false;
        };
    }

    /**
     * The type to decode the file's as where it is not the declared one but can be converted to it.
     */
    static Optional<Type> convertibleFrom(Type declared, OrcType stored)
    {
        return switch (declared) {
            case SmallintType _, IntegerType _, BigintType _ when stored.getOrcTypeKind() == BYTE -> Optional.of(TINYINT);
            case DecimalType decimal when stored.getOrcTypeKind() == DECIMAL && !holds(decimal, stored) -> Optional.of(createDecimalType(MAX_PRECISION, decimal.getScale()));
            default -> Optional.empty();
        };
    }

    static Conversion conversion(Type decoded, Type declared)
    {
        if (decoded.equals(declared)) {
            return Conversion.NONE;
        }
        if (decoded instanceof DecimalType decimal) {
            return Conversion.ofDecimals(decimal, (DecimalType) declared);
        }
        return Conversion.ofBytes(declared);
    }

    static boolean holds(DecimalType declared, OrcType stored)
    {
        int precision = stored.getPrecision().orElseThrow();
        int scale = stored.getScale().orElseThrow();
        return declared.getScale() >= scale && declared.getPrecision() - declared.getScale() >= precision - scale;
    }
}
