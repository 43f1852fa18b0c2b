package io.tarn.athena.statement;

/**
 * Makes, changes or removes a database.
 */
public sealed interface DatabaseStatement
        extends AthenaStatement
        permits AlterDatabaseProperties,
                CreateDatabase,
                DropDatabase
{
    DatabaseName database();
}
