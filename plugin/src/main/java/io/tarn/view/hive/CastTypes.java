package io.tarn.view.hive;

import io.trino.metastore.type.CharTypeInfo;
import io.trino.metastore.type.VarcharTypeInfo;
import io.trino.spi.type.Type;

import java.util.Locale;

import static io.tarn.view.hive.Token.Kind.NUMBER;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.CharType.createCharType;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TimestampType.TIMESTAMP_MILLIS;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.spi.type.VarcharType.createVarcharType;

/**
 * The types that a cast names.
 */
final class CastTypes
{
    private CastTypes() {}

    static Type expect(TokenCursor tokens)
    {
        Token token = tokens.next();
        return switch (token.text().toLowerCase(Locale.ENGLISH)) {
            case "boolean" -> BOOLEAN;
            case "tinyint" -> TINYINT;
            case "smallint" -> SMALLINT;
            case "int", "integer" -> INTEGER;
            case "bigint" -> BIGINT;
            case "float" -> REAL;
            case "double" -> {
                tokens.acceptWord("precision");
                yield DOUBLE;
            }
            case "string" -> VARCHAR;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP_MILLIS;
            case "binary" -> VARBINARY;
            case "varchar" -> {
                tokens.expectSymbol("(");
                int length = number(tokens, VarcharTypeInfo.MAX_VARCHAR_LENGTH);
                tokens.expectSymbol(")");
                yield createVarcharType(length);
            }
            case "char" -> {
                tokens.expectSymbol("(");
                int length = number(tokens, CharTypeInfo.MAX_CHAR_LENGTH);
                tokens.expectSymbol(")");
                yield createCharType(length);
            }
            case "decimal", "numeric", "dec" -> decimal(tokens, token);
            default -> throw new UntranslatableException(token.place(), "a cast to %s is not translated".formatted(token));
        };
    }

    private static Type decimal(TokenCursor tokens, Token token)
    {
        int precision = 10;
        int scale = 0;
        if (tokens.acceptSymbol("(")) {
            precision = number(tokens, 38);
            if (tokens.acceptSymbol(",")) {
                scale = number(tokens, 38);
            }
            tokens.expectSymbol(")");
        }
        if (precision == 0 || scale > precision) {
            throw new UntranslatableException(token.place(), "decimal(%s,%s) is no type".formatted(precision, scale));
        }
        return createDecimalType(precision, scale);
    }

    private static int number(TokenCursor tokens, int maximum)
    {
        Token token = tokens.next();
        if (token.kind() != NUMBER || !token.text().matches("[0-9]{1,6}") || Integer.parseInt(token.text()) > maximum) {
            throw new UntranslatableException(token.place(), "a number up to %s is expected".formatted(maximum));
        }
        return Integer.parseInt(token.text());
    }
}
