package io.tarn.metastore;

import java.util.List;
import java.util.Optional;

/**
 * Functions as Hive has them, of which a metastore's interface knows only those of Trino.
 */
public interface UserFunctions
{
    /**
     * All functions of a database; none where there is no such database.
     */
    List<UserFunction> functions(String databaseName);

    Optional<UserFunction> function(String databaseName, String name);

    /**
     * @throws io.trino.spi.TrinoException {@code ALREADY_EXISTS}
     * @throws io.trino.spi.connector.SchemaNotFoundException where there is no such database
     */
    void create(UserFunction function);

    /**
     * @param name of the function as it is; {@code function} may have another
     * @throws io.trino.spi.TrinoException {@code FUNCTION_NOT_FOUND}
     */
    void change(String name, UserFunction function);

    /**
     * @throws io.trino.spi.TrinoException {@code FUNCTION_NOT_FOUND}
     */
    void drop(String databaseName, String name);
}
