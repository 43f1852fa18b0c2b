package io.tarn.server.dialect;

import io.tarn.athena.dialect.TranslationNote;
import io.trino.spi.WarningCode;
import io.trino.spi.WarningCodeSupplier;

/**
 * The warnings that clients get with a translated statement; their numbers begin where those of Tarn's errors do.
 */
public enum TranslationWarningCode
        implements WarningCodeSupplier
{
    /**
     * The statement means something else here than it does in Athena.
     */
    ATHENA_MEANING(0x5441_0000),
    /**
     * Athena would not take the statement, because of a limit that Trino does not have.
     */
    ATHENA_LIMIT(0x5441_0001),
    /**/;

    private final WarningCode code;

    TranslationWarningCode(int number)
    {
        code = new WarningCode(number, name());
    }

    static TranslationWarningCode of(TranslationNote.Kind kind)
    {
        return switch (kind) {
            case MEANING -> ATHENA_MEANING;
            case LIMIT -> ATHENA_LIMIT;
        };
    }

    @Override
    public WarningCode toWarningCode()
    {
        return code;
    }
}
