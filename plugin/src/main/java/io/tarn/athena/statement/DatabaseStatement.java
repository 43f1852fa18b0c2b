package io.tarn.athena.statement;

/**
 * Makes, changes or removes a database.
 */
public sealed interface DatabaseStatement
        extends AthenaStatement
        permits CreateDatabase, AlterDatabaseProperties, DropDatabase
{
    DatabaseName database();
}
