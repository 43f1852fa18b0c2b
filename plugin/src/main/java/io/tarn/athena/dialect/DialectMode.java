package io.tarn.athena.dialect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose reading of a statement wins.
 */
public enum DialectMode
{
    /**
     * What Trino would run is Trino's and never touched; of the rest, what is Athena's is translated. Of a text that
     * Trino's parser takes the {@link Engine} must have said that it would not run.
     */
    AUTO,
    /**
     * Nothing is touched.
     */
    TRINO,
    /**
     * What Athena knows is read as Athena reads it; Trino's own statements run where Athena does not know them.
     */
    ATHENA,
    /**/;

    /**
     * @param name in any case
     * @return empty where there is no such mode
     */
    public static Optional<DialectMode> of(String name)
    {
        return Arrays.stream(values())
                .filter(mode -> mode.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /**
     * As it is written in sessions and settings.
     */
    public String text()
    {
        return name().toLowerCase(Locale.ENGLISH);
    }
}
