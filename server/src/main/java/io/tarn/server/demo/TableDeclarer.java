package io.tarn.server.demo;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.TableInput;

import static java.util.Objects.requireNonNull;

/**
 * Puts definitions into a Glue catalogue, over those of the same names.
 */
final class TableDeclarer
{
    private final GlueClient glue;

    TableDeclarer(GlueClient glue)
    {
        this.glue = requireNonNull(glue, "glue is null");
    }

    void declareDatabase(String name)
    {
        try {
            glue.createDatabase(request -> request.databaseInput(database -> database.name(name).description("The sample lake: generated data")));
        }
        catch (AlreadyExistsException _) {
            // the tables in it are replaced one by one, and what is somebody's own stays
        }
    }

    void declare(String database, TableInput table)
    {
        try {
            glue.createTable(request -> request.databaseName(database).tableInput(table));
        }
        catch (AlreadyExistsException _) {
            glue.updateTable(request -> request.databaseName(database).tableInput(table));
        }
    }
}
