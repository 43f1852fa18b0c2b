package io.tarn.metastore;

import io.trino.metastore.Database;

/**
 * What can be changed of a database beside its name, for which a metastore's interface has no words.
 */
public interface DatabaseChanges
{
    /**
     * Makes the comment, the location and the parameters of a database what they are in {@code database}.
     *
     * @throws io.trino.spi.connector.SchemaNotFoundException where there is no database of that name
     */
    void changeDatabase(Database database);
}
