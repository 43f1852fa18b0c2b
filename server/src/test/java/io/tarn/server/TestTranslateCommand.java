package io.tarn.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

public class TestTranslateCommand
{
    @TempDir
    private Path folder;

    @Test
    public void testToTrino()
            throws IOException
    {
        Result result = translate(
                """
                -- the raw lines
                CREATE EXTERNAL TABLE d.t (a int, b string COMMENT 'one; two') LOCATION 's3://b/t/';

                MSCK REPAIR TABLE t;
                CREATE TABLE d.i (a int) LOCATION 's3://b/i/' TBLPROPERTIES ('table_type'='ICEBERG');
                ALTER TABLE i ADD COLUMNS (b string, c int);
                SELECT x /* kept */ FROM UNNEST(a) AS t(x);
                SELECT 1
                """,
                "--schema",
                "d");
        assertThat(result.output()).isEqualToNormalizingNewlines(
                """
                -- the raw lines
                CALL awsdatacatalog.system.athena(statement => 'CREATE EXTERNAL TABLE d.t (a int, b string COMMENT ''one; two'') LOCATION ''s3://b/t/''', schema => 'd');

                CALL awsdatacatalog.system.athena(statement => 'MSCK REPAIR TABLE t', schema => 'd');
                CREATE TABLE iceberg.d.i (
                    a integer)
                WITH (location = 's3://b/i');
                ALTER TABLE iceberg.d.i ADD COLUMN b varchar;
                ALTER TABLE iceberg.d.i ADD COLUMN c integer;
                SELECT x /* kept */ FROM UNNEST(transform(a, element -> ROW(element))) AS t(x);
                SELECT 1;
                """);
        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    public void testToAthena()
            throws IOException
    {
        Result result = translate(
                """
                CREATE TABLE d.t (a integer NOT NULL, p date) WITH (format = 'JSON', external_location = 's3://b/t', partitioned_by = ARRAY['p']);
                CALL awsdatacatalog.system.sync_partition_metadata('d', 't', 'FULL');
                SELECT * FROM TABLE(awsdatacatalog.system.athena(statement => 'SHOW TABLES ''a*'''));
                SELECT * FROM iceberg.d.i -- all;
                """,
                "--to",
                "athena");
        assertThat(result.output()).isEqualToNormalizingNewlines(
                """
                -- note: Athena's columns may all be NULL: NOT NULL of a is left out
                CREATE EXTERNAL TABLE `d`.`t` (
                  `a` int)
                PARTITIONED BY (
                  `p` date)
                ROW FORMAT SERDE
                  'org.apache.hive.hcatalog.data.JsonSerDe'
                LOCATION
                  's3://b/t/';
                -- note: MSCK REPAIR TABLE only adds partitions; those whose folders are gone stay
                MSCK REPAIR TABLE `d`.`t`;
                SHOW TABLES 'a*';
                SELECT * FROM awsdatacatalog.d.i -- all;
                ;
                """);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    public void testWhatCannotBeTranslated()
            throws IOException
    {
        Result result = translate("SELECT 1;\nSHOW\n  LOCKS;\nALTER TABLE d.t DROP PARTITIONS (a = 1);\nSELECT 2", "--iceberg-tables", "d.x,y");
        assertThat(result.output()).isEqualToNormalizingNewlines(
                """
                SELECT 1;
                -- not translated: SHOW LOCKS is not supported by Athena: locks are not known
                SHOW
                  LOCKS;
                -- not translated: %s
                ALTER TABLE d.t DROP PARTITIONS (a = 1);
                SELECT 2;
                """.formatted(result.error().lines().toList().getLast().replaceFirst("^.*?:4:\\d+: ", "")));
        assertThat(result.error().lines().toList().getFirst()).isEqualTo(folder.resolve("statements.sql") + ":2:1: SHOW LOCKS is not supported by Athena: locks are not known");
        assertThat(result.error().lines().toList().getLast()).startsWith(folder.resolve("statements.sql") + ":4:");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    public void testWhatNobodyCanTell()
            throws IOException
    {
        Result result = translate(
                """
                CREATE EXTERNAL TABLE d.h (a int) LOCATION 's3://b/h/';
                ALTER TABLE d.h ADD COLUMNS (b int);
                ALTER TABLE d.x ADD COLUMNS (b int);
                ALTER TABLE d.x ADD COLUMNS (c int);
                SELECT * FROM UNNEST(a);
                """);
        assertThat(result.output().lines().map(line -> line.replaceFirst("^CALL .*", "CALL"))).containsExactly(
                "CALL",
                "CALL",
                "-- note: Nobody can tell here what table d.x is, and it is taken for one of Hive's kind: if it is Iceberg's, name it in --iceberg-tables",
                "CALL",
                "CALL",
                "-- note: In line 1 UNNEST has no column names, so its argument may be an array or a map: of an array of rows Trino makes a column for each field, Athena one column. Name the columns, as in UNNEST(a) AS t(x), to have one",
                "SELECT * FROM UNNEST(a);");
    }

    @Test
    public void testCommandLine()
    {
        assertThat(run("translate", "--to", "hive").exitCode()).isEqualTo(2);
        Result missing = run("translate", folder.resolve("missing.sql").toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.error()).contains("missing.sql cannot be read");
    }

    private Result translate(String statements, String... options)
            throws IOException
    {
        Path file = Files.writeString(folder.resolve("statements.sql"), statements);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "translate";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[arguments.length - 1] = file.toString();
        return run(arguments);
    }

    private static Result run(String... arguments)
    {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(output, true, UTF_8), new PrintStream(error, true, UTF_8));
        int exitCode = Tarn.commandLine(terminal).execute(arguments);
        return new Result(exitCode, output.toString(UTF_8), error.toString(UTF_8));
    }

    private record Result(int exitCode, String output, String error) {}
}
