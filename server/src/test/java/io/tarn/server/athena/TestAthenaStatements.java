package io.tarn.server.athena;

import io.tarn.server.lake.LakeFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.List;
import java.util.Map;

import static io.tarn.server.lake.LakeFixture.BUCKET;
import static io.tarn.server.lake.LakeFixture.SCHEMA;
import static io.tarn.server.lake.LakeFixture.location;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * Athena's statements on a catalogue of Tarn, their effects seen through Glue's own client, and their tables read by
 * Trino's Hive connector.
 */
@TestInstance(PER_CLASS)
class TestAthenaStatements
{
    private LakeFixture lake;

    @BeforeAll
    void start()
            throws Exception
    {
        lake = new LakeFixture();
    }

    @AfterAll
    void stop()
    {
        lake.close();
    }

    @Test
    void databases()
    {
        done("CREATE SCHEMA IF NOT EXISTS made COMMENT 'of \"tests\"' LOCATION '%s' WITH DBPROPERTIES ('creator'='me', \"n\"=\"1\")".formatted(location("made/")));
        done("CREATE DATABASE IF NOT EXISTS made");
        assertThatThrownBy(() -> done("CREATE DATABASE made")).hasMessageContaining("already exists");
        call("ALTER DATABASE made SET DBPROPERTIES ('n'='2', 'm'='3')");
        Database made = lake.glue().getDatabase(request -> request.name("made")).database();
        assertThat(made.description()).isEqualTo("of \"tests\"");
        assertThat(made.locationUri()).isEqualTo(location("made/"));
        assertThat(made.parameters()).isEqualTo(Map.of("creator", "me", "n", "2", "m", "3"));
        assertThat(rows("SHOW DATABASES LIKE 'm*e|nothing'")).containsExactly("[made]");
        assertThat(rows("SHOW SCHEMAS")).contains("[made]", "[" + SCHEMA + "]");

        done("CREATE EXTERNAL TABLE made.t (a int) LOCATION '%s'".formatted(location("made/t/")));
        lake.put("made/t/one.txt", "1\n".getBytes(UTF_8));
        assertThatThrownBy(() -> done("DROP DATABASE made")).hasMessageContaining("Database made is not empty");
        call("DROP DATABASE made CASCADE");
        assertThatThrownBy(() -> lake.glue().getDatabase(request -> request.name("made"))).isInstanceOf(EntityNotFoundException.class);
        assertThat(lake.s3().headObject(request -> request.bucket(BUCKET).key("made/t/one.txt")).contentLength()).isEqualTo(2);
        done("DROP SCHEMA IF EXISTS made");
        assertThatThrownBy(() -> done("DROP DATABASE made")).hasMessageContaining("made");
    }

    @Test
    void aTableIsKeptAsItIsDeclared()
    {
        done(
                """
                CREATE EXTERNAL TABLE IF NOT EXISTS `%s.Declared` (
                  `Date` date COMMENT "it's a day",
                  amount DECIMAL(9,2), tag char(3), name varchar(40), n decimal,
                  nested struct < id : bigint, inner : array<struct<Key:string>>, pairs: map<string, double> >
                )
                COMMENT 'what was declared'
                PARTITIONED BY (year int COMMENT 'of the day', region string)
                CLUSTERED BY (name, tag) SORTED BY (name DESC) INTO 8 BUCKETS
                ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\;' ESCAPED BY '\\\\' COLLECTION ITEMS TERMINATED BY '|' MAP KEYS TERMINATED BY '=' LINES TERMINATED BY '\\n' NULL DEFINED AS 'none'
                STORED AS TEXTFILE
                LOCATION '%s'
                TBLPROPERTIES ('skip.header.line.count'='1', "has_encrypted_data"="false", 'number'=7)
                """.formatted(SCHEMA, location("declared/")));
        Table table = table("declared");
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.description()).isEqualTo("what was declared");
        assertThat(table.parameters())
                .containsEntry("EXTERNAL", "TRUE")
                .containsEntry("skip.header.line.count", "1")
                .containsEntry("has_encrypted_data", "false")
                .containsEntry("number", "7")
                .containsKey("transient_lastDdlTime")
                .hasSize(5);
        StorageDescriptor storage = table.storageDescriptor();
        assertThat(storage.columns().stream().map(TestAthenaStatements::text)).containsExactly(
                "date date it's a day",
                "amount decimal(9,2) null",
                "tag char(3) null",
                "name varchar(40) null",
                "n decimal(10,0) null",
                "nested struct<id:bigint,inner:array<struct<Key:string>>,pairs:map<string,double>> null");
        assertThat(table.partitionKeys().stream().map(TestAthenaStatements::text)).containsExactly("year int of the day", "region string null");
        assertThat(storage.bucketColumns()).containsExactly("name", "tag");
        assertThat(storage.numberOfBuckets()).isEqualTo(8);
        assertThat(storage.sortColumns().getFirst().column() + storage.sortColumns().getFirst().sortOrder()).isEqualTo("name0");
        assertThat(storage.location()).isEqualTo(location("declared/"));
        assertThat(storage.inputFormat()).isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
        assertThat(storage.outputFormat()).isEqualTo("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        assertThat(storage.serdeInfo().serializationLibrary()).isEqualTo("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe");
        assertThat(storage.serdeInfo().parameters()).isEqualTo(Map.of(
                "serialization.format", ";",
                "field.delim", ";",
                "escape.delim", "\\",
                "collection.delim", "|",
                "mapkey.delim", "=",
                "line.delim", "\n",
                "serialization.null.format", "none"));
        done("CREATE EXTERNAL TABLE IF NOT EXISTS declared (other int) LOCATION '%s'".formatted(location("other/")));
        assertThat(table("declared").storageDescriptor()).isEqualTo(storage);
        assertShownAgain("declared");
        // but for the case of fields
        assertThat(table("declared").storageDescriptor().toString()).isEqualToIgnoringCase(storage.toString());
    }

    @Test
    void formatsAreThoseOfHive()
    {
        assertFormat("STORED AS PARQUET", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat");
        assertFormat("STORED AS orc", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat");
        assertFormat("STORED AS AVRO", "org.apache.hadoop.hive.serde2.avro.AvroSerDe", "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat", "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat");
        assertFormat("STORED AS ION", "com.amazon.ionhiveserde.IonHiveSerDe", "com.amazon.ionhiveserde.formats.IonInputFormat", "com.amazon.ionhiveserde.formats.IonOutputFormat");
        assertFormat("STORED AS SEQUENCEFILE", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", "org.apache.hadoop.mapred.SequenceFileInputFormat", "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat");
        assertFormat("STORED AS ORCFILE", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat");
        assertFormat("STORED AS RCFILE", "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe", "org.apache.hadoop.hive.ql.io.RCFileInputFormat", "org.apache.hadoop.hive.ql.io.RCFileOutputFormat");
        assertFormat("ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('ignore.malformed.json'='true')", "org.openx.data.jsonserde.JsonSerDe", "org.apache.hadoop.mapred.TextInputFormat", "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat");
        assertFormat("STORED AS INPUTFORMAT 'a.In' OUTPUTFORMAT 'b.Out'", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", "a.In", "b.Out");
        assertThat(table("formatted").storageDescriptor().serdeInfo().parameters()).isEqualTo(Map.of("serialization.format", "1"));
    }

    private void assertFormat(String clauses, String serde, String inputFormat, String outputFormat)
    {
        call("DROP TABLE IF EXISTS formatted");
        call("CREATE EXTERNAL TABLE formatted (a int) %s LOCATION '%s'".formatted(clauses, location("formatted/")));
        StorageDescriptor storage = table("formatted").storageDescriptor();
        assertThat(storage.serdeInfo().serializationLibrary()).isEqualTo(serde);
        assertThat(storage.inputFormat()).isEqualTo(inputFormat);
        assertThat(storage.outputFormat()).isEqualTo(outputFormat);
    }

    @Test
    void aLocationMayBeInNoBucket()
    {
        for (String location : new String[] {"s3://no-such-bucket/logs", "s3://no_bucket_at_all/logs", "s3://<bucket>/logs/{region}", "s3://$BUCKET/logs", "s3://NO-BUCKET/logs"}) {
            call("CREATE EXTERNAL TABLE nowhere (a int) PARTITIONED BY (p int) LOCATION '%s'".formatted(location));
            assertThat(table("nowhere").storageDescriptor().location()).isEqualTo(location);
            call("DROP TABLE nowhere");
        }
        lake.put("objects/one.txt", "1\n".getBytes(UTF_8));
        assertThatThrownBy(() -> done("CREATE EXTERNAL TABLE nowhere (a int) LOCATION '%s'".formatted(location("objects/one.txt")))).hasMessageContaining("it is an object");
    }

    private void assertShownAgain(String name)
    {
        List<String> shown = lines("SHOW CREATE TABLE " + name);
        call("DROP TABLE " + name);
        done(String.join("\n", shown));
        assertThat(lines("SHOW CREATE TABLE " + name)).isEqualTo(shown);
    }

    @Test
    void partitions()
    {
        done("CREATE EXTERNAL TABLE parted (id bigint, what string) PARTITIONED BY (year int, region string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION '%s'".formatted(location("parted/")));
        put("parted/year=2024/region=eu/one.json", 1);
        put("parted/year=2025/region=eu/one.json", 2);
        put("parted/year=2025/region=us/deeper/one.json", 3);
        put("parted/year=2025/region=12:30/one.json", 4);
        put("parted/Year=2026/region=eu/one.json", 5);
        put("elsewhere/one.json", 6);

        done("ALTER TABLE parted ADD PARTITION (year = 2023, region = 'eu') LOCATION '%s' PARTITION (region = \"eu\", year = 2024)".formatted(location("elsewhere/")));
        assertThatThrownBy(() -> done("ALTER TABLE parted ADD PARTITION (year = 2024, region = 'eu') PARTITION (year = 2030, region = 'eu')")).hasMessageContaining("Partition already exists: year=2024/region=eu");
        call("ALTER TABLE parted ADD IF NOT EXISTS PARTITION (year = 2024, region = 'eu')");
        assertThat(partition("2023", "eu").storageDescriptor().location()).isEqualTo(location("elsewhere/"));
        assertThat(partition("2024", "eu").storageDescriptor().location()).isEqualTo(location("parted/year=2024/region=eu"));
        assertThat(ids()).isEqualTo("[[1], [6]]");

        assertThat(rows("MSCK REPAIR TABLE parted")).containsExactly(
                "[Partitions not in metastore:\tparted:year=2025/region=eu\tparted:year=2025/region=us]",
                "[Repair: Added partition to metastore parted:year=2025/region=eu]",
                "[Repair: Added partition to metastore parted:year=2025/region=us]");
        call("MSCK REPAIR TABLE parted");
        assertThat(rows("SHOW PARTITIONS parted")).containsExactlyInAnyOrder("[year=2023/region=eu]", "[year=2024/region=eu]", "[year=2025/region=eu]", "[year=2025/region=us]");
        assertThat(rows("SHOW PARTITIONS parted PARTITION (region = 'us')")).containsExactly("[year=2025/region=us]");
        assertThat(ids()).isEqualTo("[[1], [2], [3], [6]]");

        done("ALTER TABLE parted PARTITION (year = 2025, region = 'us') RENAME TO PARTITION (year = 2025, region = 'ca')");
        assertThat(partition("2025", "ca").storageDescriptor().location()).isEqualTo(location("parted/year=2025/region=us"));
        assertThatThrownBy(() -> partition("2025", "us")).isInstanceOf(EntityNotFoundException.class);
        done("ALTER TABLE parted PARTITION (year = 2025, region = 'ca') SET LOCATION '%s'".formatted(location("elsewhere")));
        assertThat(partition("2025", "ca").storageDescriptor().location()).isEqualTo(location("elsewhere"));
        call("ALTER TABLE parted PARTITION (year = 2025, region = 'ca') ADD COLUMNS (more int)");
        assertThat(partition("2025", "ca").storageDescriptor().columns().stream().map(Column::name)).containsExactly("id", "what", "more");
        assertThat(rows("DESCRIBE FORMATTED parted PARTITION (year = 2025, region = 'ca')")).contains(
                "[more                , int                 ,                     ]",
                "[# Detailed Partition Information,  ,  ]",
                "[Location:           , %s,  ]".formatted(location("elsewhere")));

        assertThatThrownBy(() -> done("ALTER TABLE parted DROP PARTITION (year = 1999)")).hasMessageContaining("Partition not found");
        done("ALTER TABLE parted DROP IF EXISTS PARTITION (year = 1999), PARTITION (year <= 2023), PARTITION (year = 2025, region <> 'eu')");
        assertThat(rows("SHOW PARTITIONS parted")).containsExactly("[year=2024/region=eu]", "[year=2025/region=eu]");
        assertThat(ids()).isEqualTo("[[1], [2]]");
        call("DROP TABLE parted");
        assertThat(lake.s3().headObject(request -> request.bucket(BUCKET).key("parted/year=2024/region=eu/one.json")).contentLength()).isPositive();
    }

    /**
     * As Tarn and as Trino's Hive connector read it.
     */
    private String ids()
    {
        String ids = text("s3", "SELECT id FROM parted ORDER BY id");
        assertThat(text("hive", "SELECT id FROM parted ORDER BY id")).isEqualTo(ids);
        return ids;
    }

    @Test
    void changesOfTables()
    {
        done("CREATE EXTERNAL TABLE changed (a int, s struct<CamelCase:int>) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION '%s'".formatted(location("changed")));
        lake.put("changed/one.txt", "1,2,3\n".getBytes(UTF_8));
        lake.put("changed2/one.txt", "4,5,6\n".getBytes(UTF_8));
        done("ALTER TABLE changed ADD COLUMNS (c bigint COMMENT 'new')");
        assertThat(table("changed").storageDescriptor().columns().stream().map(TestAthenaStatements::text)).containsExactly("a int null", "s struct<CamelCase:int> null", "c bigint new");
        assertThatThrownBy(() -> done("ALTER TABLE changed ADD COLUMNS (C string)")).hasMessageContaining("Duplicate column name");
        call("ALTER TABLE changed REPLACE COLUMNS (a int, b smallint, c tinyint)");
        assertThat(text("hive", "SELECT a, b, c FROM changed")).isEqualTo("[[1, 2, 3]]").isEqualTo(text("s3", "SELECT a, b, c FROM changed"));
        done("ALTER TABLE changed SET LOCATION '%s'".formatted(location("changed2/")));
        assertThat(text("s3", "SELECT a, b, c FROM changed")).isEqualTo("[[4, 5, 6]]");
        call("ALTER TABLE changed SET TBLPROPERTIES ('comment'='it changed', 'skip.header.line.count'='1')");
        assertThat(table("changed").description()).isEqualTo("it changed");
        assertThat(table("changed").parameters()).containsEntry("skip.header.line.count", "1").doesNotContainKey("comment");
        assertThat(text("s3", "SELECT count(*) FROM changed")).isEqualTo("[[0]]");
        assertThat(rows("SHOW TBLPROPERTIES changed")).contains("[EXTERNAL, TRUE]", "[comment, it changed]", "[skip.header.line.count, 1]");
        assertThat(rows("SHOW TBLPROPERTIES changed('skip.header.line.count')")).containsExactly("[1]");
        assertThat(rows("SHOW TBLPROPERTIES changed('none')")).containsExactly("[Table lake.changed does not have property: none]");
        for (String refused : List.of("RENAME TO other", "CHANGE COLUMN a b int", "DROP COLUMN a", "UNSET TBLPROPERTIES ('comment')")) {
            assertThatThrownBy(() -> done("ALTER TABLE changed " + refused)).as(refused).hasMessageContaining("for Iceberg tables only");
        }
        assertThatThrownBy(() -> done("OPTIMIZE changed REWRITE DATA USING BIN_PACK")).hasMessageContaining("for Iceberg tables only");
        assertThatThrownBy(() -> done("VACUUM changed")).hasMessageContaining("for Iceberg tables only");
        assertThatThrownBy(() -> done("ALTER TABLE changed SET FILEFORMAT PARQUET")).hasMessageContaining("not supported by Athena");
    }

    @Test
    void descriptions()
    {
        done("CREATE EXTERNAL TABLE described (id int COMMENT 'the key', s struct<x:array<struct<y:int>>,m:map<string,date>>) PARTITIONED BY (p date) STORED AS PARQUET LOCATION '%s' TBLPROPERTIES ('k'='v')".formatted(location("described/")));
        text("s3", "CREATE VIEW described_view AS SELECT id, p FROM described");
        assertThat(rows("SHOW TABLES 'described*'")).containsExactly("[described]", "[described_view]");
        assertThat(rows("SHOW TABLES IN %s '*_view|nothing'".formatted(SCHEMA))).containsExactly("[described_view]");
        assertThat(rows("SHOW VIEWS IN %s LIKE 'described*'".formatted(SCHEMA))).containsExactly("[described_view]");
        assertThat(rows("SHOW COLUMNS FROM described IN " + SCHEMA)).containsExactly("[id]", "[s]", "[p]");
        assertThat(rows("DESCRIBE described s.x.$elem$")).containsExactly("[y                   , int                 , from deserializer   ]");
        assertThat(rows("DESC described s.m.$value$")).containsExactly("[$value$             , date                , from deserializer   ]");
        assertThatThrownBy(() -> rows("DESCRIBE described s.z")).hasMessageContaining("Invalid Field z");
        assertThat(rows("DESCRIBE FORMATTED described")).contains(
                "[id                  , int                 , the key             ]",
                "[# Detailed Table Information,  ,  ]",
                "[Table Type:         , EXTERNAL_TABLE      ,  ]",
                "[, k                   , v                   ]",
                "[SerDe Library:      , org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe,  ]");
        assertThat(rows("DESCRIBE EXTENDED described").getLast()).startsWith("[Detailed Table Information, Table(tableName:described, dbName:lake");
        assertThat(lines("SHOW CREATE VIEW described_view")).startsWith("CREATE VIEW \"lake\".\"described_view\" AS");
        assertThat(rows("DESCRIBE VIEW described_view")).containsExactly("[id, integer, , ]", "[p, date, , ]");
        assertThat(rows("DESCRIBE described_view")).containsExactly("[id                  , int                 ,                     ]", "[p                   , date                ,                     ]");
        assertThatThrownBy(() -> done("DROP TABLE described_view")).hasMessageContaining("is a view");
        assertThatThrownBy(() -> done("DROP VIEW described")).hasMessageContaining("use DROP TABLE");
        done("DROP VIEW described_view");
        call("DROP VIEW IF EXISTS described_view");
        assertThat(rows("SHOW VIEWS")).doesNotContain("[described_view]");
        assertShownAgain("described");
    }

    @Test
    void icebergTablesAreNotChanged()
    {
        lake.glue().createTable(request -> request.databaseName(SCHEMA).tableInput(input -> input
                .name("ice")
                .tableType("EXTERNAL_TABLE")
                .parameters(Map.of("table_type", "ICEBERG", "metadata_location", location("ice/metadata/none.json")))
                .storageDescriptor(storage -> storage.columns(Column.builder().name("id").type("int").build()).location(location("ice")))));
        assertThat(rows("DESCRIBE ice")).containsExactly("[id                  , int                 ,                     ]");
        for (String statement : List.of("DROP TABLE ice", "ALTER TABLE ice ADD COLUMNS (a int)", "ALTER TABLE ice RENAME TO other", "VACUUM ice", "SHOW CREATE TABLE ice")) {
            assertThatThrownBy(() -> rows(statement)).as(statement).hasMessageContaining("in a catalog of the iceberg connector");
        }
        for (String statement : List.of("MSCK REPAIR TABLE ice", "SHOW PARTITIONS ice", "ALTER TABLE ice SET LOCATION 's3://a/b/'", "ALTER TABLE ice REPLACE COLUMNS (a int)")) {
            assertThatThrownBy(() -> rows(statement)).as(statement).hasMessageContaining("for Iceberg tables, and lake.ice is one");
        }
        assertThatThrownBy(() -> done("DROP DATABASE lake CASCADE")).hasMessageContaining("has Iceberg tables, as ice");
        lake.glue().deleteTable(request -> request.databaseName(SCHEMA).name("ice"));
    }

    private void put(String key, int id)
    {
        lake.put(key, "{\"id\": %s}\n".formatted(id).getBytes(UTF_8));
    }

    private Table table(String name)
    {
        return lake.glue().getTable(request -> request.databaseName(SCHEMA).name(name)).table();
    }

    private Partition partition(String... values)
    {
        return lake.glue().getPartition(request -> request.databaseName(SCHEMA).tableName("parted").partitionValues(values)).partition();
    }

    private static String text(Column column)
    {
        return column.name() + " " + column.type() + " " + column.comment();
    }

    /**
     * Through the function, which answers with a row.
     */
    private void done(String statement)
    {
        assertThat(rows(statement)).containsExactly("[Query successful.]");
    }

    private void call(String statement)
    {
        text("s3", "CALL system.athena('%s', '%s')".formatted(statement.replace("'", "''"), SCHEMA));
    }

    private List<String> rows(String statement)
    {
        return lake.queryRunner().execute(lake.session("s3"), function(statement)).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList();
    }

    private List<String> lines(String statement)
    {
        return lake.queryRunner().execute(lake.session("s3"), function(statement)).getMaterializedRows().stream()
                .map(row -> (String) row.getField(0))
                .toList();
    }

    private static String function(String statement)
    {
        return "SELECT * FROM TABLE(s3.system.athena(statement => '%s', schema => '%s'))".formatted(statement.replace("'", "''"), SCHEMA);
    }

    private String text(String catalog, String sql)
    {
        return lake.queryRunner().execute(lake.session(catalog), sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .toList()
                .toString();
    }
}
