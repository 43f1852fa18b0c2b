package io.tarn.quota.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on a real server that all tests of the process share.
 */
record PostgresDatabase(EmbeddedPostgres server, String name)
        implements LedgerDatabase
{
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

    static PostgresDatabase create()
            throws SQLException
    {
        return create(Server.INSTANCE);
    }

    static PostgresDatabase create(EmbeddedPostgres server)
            throws SQLException
    {
        String name = "ledger" + NUMBER.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new PostgresDatabase(server, name);
    }

    @Override
    public LedgerConfig config()
    {
        return new LedgerConfig().setUrl(url()).setUser("postgres").setPassword("postgres");
    }

    String url()
    {
        return "jdbc:postgresql://localhost:%s/%s".formatted(server.getPort(), name);
    }

    @Override
    public Connection connect()
            throws SQLException
    {
        Connection connection = server.getDatabase("postgres", name).getConnection();
        connection.setSchema("tarn_ledger");
        return connection;
    }
}
