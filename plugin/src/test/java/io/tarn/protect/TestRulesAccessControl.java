package io.tarn.protect;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.QueryId;
import io.trino.spi.connector.CatalogSchemaName;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;
import io.trino.spi.security.SystemSecurityContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestRulesAccessControl
{
    private static final Logger LOGGER = Logger.getLogger(RulesAccessControl.class.getName());
    private static final String EVERYTHING = "[\"SELECT\", \"INSERT\", \"DELETE\", \"UPDATE\", \"OWNERSHIP\", \"GRANT_SELECT\"]";

    private final LogLines log = new LogLines();

    @TempDir
    private Path folder;
    private Path file;
    private int changes;
    private int queries;

    @BeforeEach
    void listen()
    {
        file = folder.resolve("rules.json");
        LOGGER.addHandler(log);
    }

    @AfterEach
    void stopListening()
    {
        LOGGER.removeHandler(log);
    }

    @Test
    void metadataTablesOfARestrictedTable()
            throws IOException
    {
        write(
                """
                {"tables": [
                  {"table": "columns", "privileges": %1$s, "columns": [{"name": "secret", "allow": false}]},
                  {"table": "masks", "privileges": %1$s, "columns": [{"name": "secret", "mask": "upper(other)"}]},
                  {"table": "rows", "privileges": %1$s, "filter": "mine"},
                  {"table": "some", "privileges": %1$s, "columns": [{"name": "open"}], "other_columns": "deny"},
                  {"privileges": %1$s}
                ]}
                """.formatted(EVERYTHING));
        SystemAccessControl control = control();
        for (String table : new String[] {"columns", "masks", "rows", "some"}) {
            for (String metadata : new String[] {"$files", "$properties", "$history", "$anything_new"}) {
                assertThatThrownBy(() -> read(control, table + metadata, "path"))
                        .isInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("Cannot read table lake.sales.%s%s: it tells of what user ann may not read of lake.sales.%1$s, by tables[".formatted(table, metadata));
                // no filter and no mask speaks of columns that are not there
                assertThat(control.getRowFilters(context(), name(table + metadata))).isEmpty();
                assertThat(control.getColumnMask(context(), name(table + metadata), "secret", VARCHAR)).isEmpty();
                assertThat(control.getColumnMasks(context(), name(table + metadata), List.of(ColumnSchema.builder().setName("secret").setType(VARCHAR).build()))).isEmpty();
            }
        }
        // the partitions' columns are the table's
        read(control, "columns$partitions", "region");
        assertRefused(control, "columns$partitions", "secret");
        assertRefused(control, "masks$partitions", "secret");
        assertRefused(control, "some$partitions", "region");
        read(control, "some$partitions", "open");
        assertRefused(control, "rows$partitions", "region");
        assertThat(control.filterColumns(context(), name("masks$partitions"), ImmutableSet.of("region", "secret"))).containsExactly("region");
        assertThat(control.filterColumns(context(), "lake", ImmutableMap.of(
                new SchemaTableName("sales", "some"), ImmutableSet.of("open", "secret"),
                new SchemaTableName("sales", "orders"), ImmutableSet.of("open", "secret")))).isEqualTo(ImmutableMap.of(
                new SchemaTableName("sales", "some"), ImmutableSet.of("open"),
                new SchemaTableName("sales", "orders"), ImmutableSet.of("open", "secret")));
        // others have none of it
        read(control, "orders$files", "path");
        read(control, "orders$partitions", "secret");
    }

    @Test
    void hiddenColumns()
            throws IOException
    {
        write(
                """
                {"tables": [
                  {"table": "columns", "privileges": ["SELECT"], "columns": [{"name": "secret", "allow": false}]},
                  {"table": "masks", "privileges": ["SELECT"], "columns": [{"name": "secret", "mask": "'x'"}]},
                  {"table": "some", "privileges": ["SELECT"], "columns": [{"name": "open"}, {"name": "$path"}], "other_columns": "deny"},
                  {"table": "rows", "privileges": ["SELECT"], "filter": "mine", "columns": [{"name": "$file_size", "allow": false}]},
                  {"privileges": ["SELECT"]}
                ]}
                """);
        SystemAccessControl control = control();
        for (String table : new String[] {"columns", "masks"}) {
            assertRefused(control, table, "$line");
            assertRefused(control, table, "$extra");
            assertRefused(control, table, "$path");
            assertRefused(control, table, "$partition");
            assertRefused(control, table, "$unheard_of");
            read(control, table, "$file_size");
            read(control, table, "$file_modified_time");
        }
        assertRefused(control, "some", "$line");
        assertRefused(control, "some", "$extra");
        assertRefused(control, "some", "$partition");
        read(control, "some", "$path");
        assertRefused(control, "rows", "$line");
        assertRefused(control, "rows", "$extra");
        assertRefused(control, "rows", "$file_size");
        read(control, "rows", "$path");
        read(control, "orders", "$line");
        read(control, "orders", "$path");
    }

    @Test
    void aNewFileIsInForceForTheNextQuery()
            throws IOException
    {
        write("{\"tables\": [{\"privileges\": [\"SELECT\"]}]}");
        SystemAccessControl control = control();
        SystemSecurityContext running = context();
        assertThat(control.filterColumns(running, name("orders"), ImmutableSet.of("a", "b"))).containsExactly("a", "b");

        write("{\"tables\": [{\"privileges\": [\"SELECT\"], \"columns\": [{\"name\": \"a\", \"allow\": false}], \"filter\": \"mine\"}]}");
        awaitVisible(control, "b");
        // the one that has begun has one version of the rules, for columns and for rows
        assertThat(control.filterColumns(running, name("orders"), ImmutableSet.of("a", "b"))).containsExactly("a", "b");
        assertThat(control.getRowFilters(running, name("orders"))).isEmpty();
        assertThat(control.getRowFilters(context(), name("orders"))).hasSize(1);
        assertThat(log.lines).containsExactly("INFO %s has changed, and is in force".formatted(file));
    }

    @Test
    void aBrokenFileLeavesTheRulesInForce()
            throws IOException
    {
        write("{\"tables\": [{\"privileges\": [\"SELECT\"], \"columns\": [{\"name\": \"a\", \"allow\": false}]}]}");
        SystemAccessControl control = control();
        write("{\"tables\": [\n{\"privileges\": [\"SELECT\"],\n \"columns\": [{\"name\": \"a\", \"alow\": false}]}]}");
        awaitLog(control, 1);
        assertThat(log.lines.getFirst()).startsWith("SEVERE The rules before stay in force: %s line 3, column ".formatted(file)).contains("tables[0].columns[0].alow: \"alow\" is not known");
        assertRefused(control, "orders", "a");
        read(control, "orders", "b");

        Files.delete(file);
        awaitLog(control, 2);
        assertThat(log.lines.getLast()).isEqualTo("SEVERE The rules before stay in force: %s does not exist; it holds the rules that say who may read what".formatted(file));
        assertRefused(control, "orders", "a");

        write("{\"tables\": []}");
        awaitVisible(control);
    }

    @Test
    void locations()
            throws IOException
    {
        write("{\"tables\": [{\"user\": \"ann\", \"table\": \"orders\", \"privileges\": %1$s, \"filter\": \"mine\"}, {\"privileges\": %1$s}]}".formatted(EVERYTHING));
        SystemAccessControl control = control();
        assertThatThrownBy(() -> control.checkCanCreateTable(context(), name("mine"), ImmutableMap.of("external_location", "s3://lake/orders")))
                .hasMessage("Access Denied: Cannot set external_location of table lake.sales.mine: user ann may not read everything in catalog lake, and files of any table can lie there; leave the property out, or ask somebody who may");
        assertThatThrownBy(() -> control.checkCanSetTableProperties(context(), name("mine"), ImmutableMap.of("location", Optional.of("s3://lake/orders")))).hasMessageContaining("Cannot set location of table");
        assertThatThrownBy(() -> control.checkCanCreateSchema(context(), new CatalogSchemaName("lake", "mine"), ImmutableMap.of("location", "s3://lake/"))).hasMessageContaining("Cannot set location of schema lake.mine");
        control.checkCanCreateTable(context(), name("mine"), ImmutableMap.of("format", "PARQUET"));
        control.checkCanSetTableProperties(context(), name("mine"), ImmutableMap.of("location", Optional.empty()));
        control.checkCanCreateTable(context("bob"), name("mine"), ImmutableMap.of("external_location", "s3://lake/orders"));

        SystemAccessControl unguarded = new RulesAccessControlFactory().create(ImmutableMap.of("security.config-file", file.toString(), "security.guard-locations", "false"), null);
        unguarded.checkCanCreateTable(context(), name("mine"), ImmutableMap.of("external_location", "s3://lake/orders"));
    }

    private void awaitVisible(SystemAccessControl control, String... columns)
    {
        for (int attempt = 0; attempt < 100_000; attempt++) {
            if (control.filterColumns(context(), name("orders"), ImmutableSet.of("a", "b")).equals(Set.of(columns))) {
                return;
            }
            Thread.onSpinWait();
        }
        assertThat(control.filterColumns(context(), name("orders"), ImmutableSet.of("a", "b"))).containsExactly(columns);
    }

    private void awaitLog(SystemAccessControl control, int lines)
    {
        for (int attempt = 0; attempt < 100_000 && log.lines.size() < lines; attempt++) {
            control.filterColumns(context(), name("orders"), ImmutableSet.of("a"));
        }
        assertThat(log.lines).hasSize(lines);
    }

    private void read(SystemAccessControl control, String table, String column)
    {
        control.checkCanSelectFromColumns(context(), name(table), Optional.empty(), ImmutableSet.of(column));
    }

    private void assertRefused(SystemAccessControl control, String table, String column)
    {
        assertThatThrownBy(() -> read(control, table, column)).as("%s of %s", column, table).isInstanceOf(AccessDeniedException.class).hasMessageContaining("user ann");
    }

    private SystemAccessControl control()
    {
        return new RulesAccessControlFactory().create(ImmutableMap.of("security.config-file", file.toString(), "security.refresh-period", "1ms"), null);
    }

    private SystemSecurityContext context()
    {
        return context("ann");
    }

    private SystemSecurityContext context(String user)
    {
        queries++;
        return new SystemSecurityContext(Identity.ofUser(user), new QueryId("query_" + queries), Instant.EPOCH);
    }

    private static CatalogSchemaTableName name(String table)
    {
        return new CatalogSchemaTableName("lake", "sales", table);
    }

    private void write(String content)
            throws IOException
    {
        Files.writeString(file, content);
        // times of their own, however fast the test is
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + 1000L * changes++));
    }

    private static final class LogLines
            extends Handler
    {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record)
        {
            lines.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
