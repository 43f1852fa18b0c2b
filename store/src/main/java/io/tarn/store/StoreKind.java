package io.tarn.store;

import static java.util.Objects.requireNonNull;

/**
 * What a store is called in messages, and how its databases are told from those of others.
 *
 * @param name what the place is, as in "The <i>catalogue file</i> glue.db is damaged"
 * @param content what is in it, as in "start with an empty <i>catalogue</i>"
 * @param elsewhere how to take another place, as in "or <i>choose another data folder</i>"
 * @param applicationId what the header of its SQLite files has
 * @param prefix of its tables' names; its migrations are the resources below {@code db/<prefix>}, and in PostgreSQL its
 *         tables are in a schema {@code tarn_<prefix>}
 * @param classLoader where the migrations are found
 */
public record StoreKind(String name, String content, String elsewhere, int applicationId, String prefix, ClassLoader classLoader)
{
    public StoreKind
    {
        requireNonNull(name, "name is null");
        requireNonNull(content, "content is null");
        requireNonNull(elsewhere, "elsewhere is null");
        requireNonNull(prefix, "prefix is null");
        requireNonNull(classLoader, "classLoader is null");
    }

    String historyTable()
    {
        return prefix + "_schema_history";
    }

    String schema()
    {
        return "tarn_" + prefix;
    }
}
