package io.tarn.server.demo;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
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

    /**
     * @param location where tables are that own their files
     */
    void declareDatabase(String name, String location)
    {
        DatabaseInput input = DatabaseInput.builder().name(name).description("The sample lake: generated data").locationUri(location).build();
        try {
            glue.createDatabase(request -> request.databaseInput(input));
        }
        catch (AlreadyExistsException _) {
            // the tables in it are replaced one by one, and what is somebody's own stays
            glue.updateDatabase(request -> request.name(name).databaseInput(input));
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
