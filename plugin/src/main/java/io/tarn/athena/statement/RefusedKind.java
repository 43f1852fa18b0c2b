package io.tarn.athena.statement;

import static java.util.Objects.requireNonNull;

/**
 * The statements that Athena's guide lists as not supported, and those of Hive that people try.
 */
public enum RefusedKind
{
    ALTER_INDEX("ALTER INDEX", "Athena has no indexes; partitions and columnar files make scans smaller"),
    ALTER_TABLE_ARCHIVE_PARTITION("ALTER TABLE ARCHIVE PARTITION", "archived partitions are a matter of HDFS"),
    ALTER_TABLE_UNARCHIVE_PARTITION("ALTER TABLE UNARCHIVE PARTITION", "archived partitions are a matter of HDFS"),
    ALTER_TABLE_CASCADE("ALTER TABLE ... COLUMNS ... CASCADE", "the catalog does not change a table's partitions with it; leave CASCADE out, and change them with ALTER TABLE ... PARTITION (...) ADD COLUMNS"),
    ALTER_TABLE_CLUSTERED_BY("ALTER TABLE CLUSTERED BY", "buckets are declared with CREATE TABLE"),
    ALTER_TABLE_NOT_CLUSTERED("ALTER TABLE NOT CLUSTERED", "buckets are declared with CREATE TABLE"),
    ALTER_TABLE_NOT_SORTED("ALTER TABLE NOT SORTED", "the order within buckets is declared with CREATE TABLE"),
    ALTER_TABLE_COMPACT("ALTER TABLE COMPACT", "Hive's ACID tables are not written; for Iceberg tables there is OPTIMIZE"),
    ALTER_TABLE_CONCATENATE("ALTER TABLE CONCATENATE", "files are merged by OPTIMIZE for Iceberg tables, or by CREATE TABLE AS"),
    ALTER_TABLE_EXCHANGE_PARTITION("ALTER TABLE EXCHANGE PARTITION", "use ALTER TABLE DROP PARTITION and ADD PARTITION with its LOCATION"),
    ALTER_TABLE_PARTITION_CHANGE_COLUMNS("ALTER TABLE PARTITION CHANGE COLUMNS", "partitions take the table's columns; use ALTER TABLE REPLACE COLUMNS"),
    ALTER_TABLE_PARTITION_COLUMN("ALTER TABLE PARTITION COLUMN", "the type of a partition column is declared with CREATE TABLE"),
    ALTER_TABLE_PROTECTION("ALTER TABLE ENABLE|DISABLE NO_DROP|OFFLINE", "protection of a table is a matter of permissions"),
    ALTER_TABLE_RECOVER_PARTITIONS("ALTER TABLE RECOVER PARTITIONS", "use MSCK REPAIR TABLE"),
    ALTER_TABLE_SET_FILEFORMAT("ALTER TABLE SET FILEFORMAT", "the format is declared with CREATE TABLE"),
    ALTER_TABLE_SET_SERDE("ALTER TABLE SET SERDE", "the SerDe is declared with CREATE TABLE"),
    ALTER_TABLE_SET_SERDEPROPERTIES("ALTER TABLE SET SERDEPROPERTIES", "the SerDe's properties are declared with CREATE TABLE"),
    ALTER_TABLE_SKEWED_BY("ALTER TABLE SKEWED BY", "skewed tables are not known"),
    ALTER_TABLE_NOT_SKEWED("ALTER TABLE NOT SKEWED", "skewed tables are not known"),
    ALTER_TABLE_SET_SKEWED_LOCATION("ALTER TABLE SET SKEWED LOCATION", "skewed tables are not known"),
    ALTER_TABLE_STORED_AS_DIRECTORIES("ALTER TABLE NOT STORED AS DIRECTORIES", "skewed tables are not known"),
    ALTER_TABLE_TOUCH("ALTER TABLE TOUCH", "there are no hooks to run"),
    ALTER_TABLE_UPDATE_COLUMNS("ALTER TABLE UPDATE COLUMNS", "use ALTER TABLE REPLACE COLUMNS"),
    ALTER_VIEW("ALTER VIEW", "use CREATE OR REPLACE VIEW"),
    COMMIT("COMMIT", "every statement stands alone"),
    CREATE_FUNCTION("CREATE FUNCTION", "functions are declared in the query with USING EXTERNAL FUNCTION"),
    CREATE_INDEX("CREATE INDEX", "Athena has no indexes; partitions and columnar files make scans smaller"),
    CREATE_MACRO("CREATE TEMPORARY MACRO", "macros are not known; write the expression out"),
    CREATE_ROLE("CREATE ROLE", "access is granted by IAM and Lake Formation"),
    CREATE_TABLE_LIKE("CREATE TABLE LIKE", "use CREATE TABLE AS SELECT ... WITH NO DATA, or write the columns"),
    CREATE_TABLE_SKEWED_BY("CREATE TABLE SKEWED BY", "skewed tables are not known"),
    CREATE_TABLE_STORED_BY("CREATE TABLE STORED BY", "storage handlers are not known; use STORED AS or ROW FORMAT SERDE"),
    CREATE_TEMPORARY_TABLE("CREATE TEMPORARY TABLE", "tables last; use WITH in the query, or CREATE TABLE AS"),
    DESCRIBE_DATABASE("DESCRIBE DATABASE", "use SHOW DATABASES"),
    DESCRIBE_FUNCTION("DESCRIBE FUNCTION", "functions are described in the guide"),
    DESCRIBE_INPUT("DESCRIBE INPUT", "parameters of prepared statements are not described"),
    DESCRIBE_OUTPUT("DESCRIBE OUTPUT", "results of prepared statements are not described"),
    DFS("DFS", "files are managed in Amazon S3"),
    DROP_FUNCTION("DROP FUNCTION", "functions are declared in the query with USING EXTERNAL FUNCTION"),
    DROP_INDEX("DROP INDEX", "Athena has no indexes; partitions and columnar files make scans smaller"),
    DROP_MACRO("DROP TEMPORARY MACRO", "macros are not known"),
    DROP_ROLE("DROP ROLE", "access is granted by IAM and Lake Formation"),
    EXPORT_TABLE("EXPORT TABLE", "use UNLOAD"),
    GRANT("GRANT", "access is granted by IAM and Lake Formation"),
    GRANT_ROLE("GRANT ROLE", "access is granted by IAM and Lake Formation"),
    IMPORT_TABLE("IMPORT TABLE", "use CREATE EXTERNAL TABLE with the LOCATION of the data"),
    INSERT_OVERWRITE("INSERT OVERWRITE", "use INSERT INTO, or CREATE TABLE AS with another table"),
    LOAD_DATA("LOAD DATA", "put the files at the table's LOCATION in Amazon S3"),
    LOCK_DATABASE("LOCK DATABASE", "locks are not known"),
    LOCK_TABLE("LOCK TABLE", "locks are not known"),
    RELOAD_FUNCTION("RELOAD FUNCTION", "functions are declared in the query with USING EXTERNAL FUNCTION"),
    REVOKE("REVOKE", "access is granted by IAM and Lake Formation"),
    REVOKE_ROLE("REVOKE ROLE", "access is granted by IAM and Lake Formation"),
    ROLLBACK("ROLLBACK", "every statement stands alone"),
    SET_ROLE("SET ROLE", "access is granted by IAM and Lake Formation"),
    SHOW_COMPACTIONS("SHOW COMPACTIONS", "Hive's ACID tables are not written"),
    SHOW_CURRENT_ROLES("SHOW CURRENT ROLES", "access is granted by IAM and Lake Formation"),
    SHOW_GRANT("SHOW GRANT", "access is granted by IAM and Lake Formation"),
    SHOW_INDEXES("SHOW INDEXES", "Athena has no indexes"),
    SHOW_LOCKS("SHOW LOCKS", "locks are not known"),
    SHOW_PRINCIPALS("SHOW PRINCIPALS", "access is granted by IAM and Lake Formation"),
    SHOW_ROLE_GRANT("SHOW ROLE GRANT", "access is granted by IAM and Lake Formation"),
    SHOW_ROLES("SHOW ROLES", "access is granted by IAM and Lake Formation"),
    SHOW_STATS("SHOW STATS", "statistics are kept in the AWS Glue Data Catalog"),
    SHOW_TRANSACTIONS("SHOW TRANSACTIONS", "every statement stands alone"),
    START_TRANSACTION("START TRANSACTION", "every statement stands alone"),
    TRUNCATE_TABLE("TRUNCATE TABLE", "delete the objects in Amazon S3, or use DELETE FROM for an Iceberg table"),
    UNLOCK_DATABASE("UNLOCK DATABASE", "locks are not known"),
    UNLOCK_TABLE("UNLOCK TABLE", "locks are not known"),
    /**/;

    private final String statement;
    private final String remedy;

    RefusedKind(String statement, String remedy)
    {
        this.statement = requireNonNull(statement, "statement is null");
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    /**
     * The statement in the guide's terms.
     */
    public String statement()
    {
        return statement;
    }

    /**
     * Why, and what to do instead, in one sentence for the user.
     */
    public String reason()
    {
        return statement + " is not supported by Athena: " + remedy;
    }
}
