package io.tarn.server.glue;

import java.nio.file.Path;

/**
 * A process of its own that writes until it is killed: a line on standard output for each write that was acknowledged.
 */
final class StoreWriter
{
    private StoreWriter() {}

    static void main(String[] arguments)
    {
        try (LocalGlue glue = new LocalGlue(Path.of(arguments[0]))) {
            glue.createDatabase("shop");
            glue.createTable("shop", "t", "number:int");
            for (int i = 0; ; i++) {
                glue.createPartition("shop", "t", Integer.toString(i));
                String description = "after " + i;
                glue.client().updateTable(request -> request.databaseName("shop").tableInput(input -> input.name("t").description(description).partitionKeys(LocalGlue.column("number:int"))));
                System.out.println(i);
            }
        }
    }
}
