package io.tarn.server.glue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a catalogue can be kept in.
 */
enum GlueDatabase
{
    SQLITE {
        @Override
        GlueStore create(Path folder)
        {
            return GlueStore.open(folder.resolve("glue.db"));
        }
    },
    POSTGRESQL {
        @Override
        GlueStore create(Path folder)
        {
            return open(url());
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final class Server
    {
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start()
        {
            try {
                // it stops itself when the process ends
                return EmbeddedPostgres.builder().start();
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * An empty catalogue.
     */
    abstract GlueStore create(Path folder);

    /**
     * Of a database of its own on a real server that all tests of the process share.
     */
    static String url()
    {
        String name = "glue" + NUMBER.incrementAndGet();
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "jdbc:postgresql://localhost:%s/%s".formatted(Server.INSTANCE.getPort(), name);
    }

    static GlueStore open(String url)
    {
        return GlueStore.open(url, Optional.of("postgres"), Optional.of("postgres"));
    }
}
