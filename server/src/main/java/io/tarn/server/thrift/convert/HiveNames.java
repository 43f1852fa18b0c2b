package io.tarn.server.thrift.convert;

import org.apache.hadoop.hive.metastore.api.MetaException;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;

import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Names as clients send them: in any case; and, from Hive 3.1.3 on, a database's with its catalogue before it, as
 * {@code @hive#sales}. There is one catalogue, {@code hive}; Spark's own name for it is taken for it, too.
 */
public final class HiveNames
{
    public static final String CATALOG = "hive";

    private static final String SPARK_CATALOG = "spark_catalog";
    private static final char CATALOG_MARK = '@';
    private static final char CATALOG_END = '#';
    // how a client says "no name" and "a name of no characters" behind a catalogue
    private static final String EMPTY_NAME = "!";

    private HiveNames() {}

    /**
     * @throws NoSuchObjectException where the name's catalogue is another
     * @throws MetaException where there is no name
     */
    public static String database(String name)
            throws NoSuchObjectException, MetaException
    {
        return databasePattern(name)
                .orElseThrow(() -> new MetaException("A database name is missing: '%s'".formatted(name)))
                .toLowerCase(ENGLISH);
    }

    /**
     * A name, or a pattern of names; empty where there is none.
     */
    public static Optional<String> databasePattern(String name)
            throws NoSuchObjectException
    {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        if (name.charAt(0) != CATALOG_MARK) {
            return Optional.of(name);
        }
        int end = name.indexOf(CATALOG_END);
        if (end < 0) {
            return Optional.of(name);
        }
        checkCatalog(name.substring(1, end));
        String rest = name.substring(end + 1);
        return rest.isEmpty() || rest.equals(EMPTY_NAME) ? Optional.empty() : Optional.of(rest);
    }

    /**
     * @param catalog null or blank for the one there is
     */
    public static void checkCatalog(String catalog)
            throws NoSuchObjectException
    {
        if (catalog != null && !catalog.isBlank() && !catalog.equalsIgnoreCase(CATALOG) && !catalog.equalsIgnoreCase(SPARK_CATALOG)) {
            throw new NoSuchObjectException("Catalog %s not found: there is one, %s".formatted(catalog, CATALOG));
        }
    }

    /**
     * The name of a table, column or function.
     */
    public static String object(String name)
            throws MetaException
    {
        if (name == null || name.isBlank()) {
            throw new MetaException("A name is missing");
        }
        return name.toLowerCase(ENGLISH);
    }
}
