package io.tarn.athena.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The engine that a statement is for, as far as it can be asked. It is asked only of what both parsers take, and only
 * where its answer decides whose statement that is.
 */
public interface Engine
{
    enum Verdict
    {
        /**
         * It would run.
         */
        ACCEPTED,
        /**
         * A relation has another number of columns than it has names.
         */
        MISMATCHED_ALIASES,
        /**
         * It would be refused for another reason, or nobody can be asked.
         */
        UNKNOWN,
        /**/
    }

    /**
     * What Trino says of a statement without running it: no table is read and nothing is changed.
     *
     * @param statement one that Trino's parser takes
     */
    Verdict analyze(String statement);

    /**
     * The properties that Trino takes for a new table.
     *
     * @param table its name as it was written, in lower case
     * @return names in lower case; empty where the table would not be in Tarn's own catalogue, or nobody can be asked
     */
    Optional<Set<String>> tableProperties(List<String> table);

    /**
     * Where there is none to be asked.
     */
    static Engine unknown()
    {
        return new Engine()
        {
            @Override
            public Verdict analyze(String statement)
            {
                return Verdict.UNKNOWN;
            }

            @Override
            public Optional<Set<String>> tableProperties(List<String> table)
            {
                return Optional.empty();
            }
        };
    }
}
