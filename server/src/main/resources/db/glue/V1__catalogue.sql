-- SQL that SQLite and PostgreSQL both understand; times are milliseconds since 1970,
-- definitions are AWS JSON: of DatabaseInput, TableInput, PartitionInput, ColumnStatistics, UserDefinedFunctionInput

CREATE TABLE glue_settings (
    name TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);

CREATE TABLE glue_databases (
    name TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE glue_tables (
    database_name TEXT NOT NULL REFERENCES glue_databases (name) ON DELETE CASCADE,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (database_name, name)
);

-- the versions that a table had before the one in glue_tables
CREATE TABLE glue_table_versions (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    version BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (database_name, table_name, version),
    FOREIGN KEY (database_name, table_name) REFERENCES glue_tables (database_name, name) ON DELETE CASCADE
);

CREATE TABLE glue_partitions (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    values_key TEXT NOT NULL,
    hash_code BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (database_name, table_name, values_key),
    FOREIGN KEY (database_name, table_name) REFERENCES glue_tables (database_name, name) ON DELETE CASCADE
);

CREATE TABLE glue_table_statistics (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (database_name, table_name, column_name),
    FOREIGN KEY (database_name, table_name) REFERENCES glue_tables (database_name, name) ON DELETE CASCADE
);

CREATE TABLE glue_partition_statistics (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    values_key TEXT NOT NULL,
    column_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (database_name, table_name, values_key, column_name),
    FOREIGN KEY (database_name, table_name, values_key) REFERENCES glue_partitions (database_name, table_name, values_key) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE glue_functions (
    database_name TEXT NOT NULL REFERENCES glue_databases (name) ON DELETE CASCADE,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (database_name, name)
);
