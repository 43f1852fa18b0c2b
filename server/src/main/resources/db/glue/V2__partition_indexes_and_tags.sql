-- key_names are joined as the values of a partition are; filled_to is the key of the last partition that has its entry
-- while the index is made, and empty before the first
CREATE TABLE glue_partition_indexes (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    name TEXT NOT NULL,
    key_names TEXT NOT NULL,
    status TEXT NOT NULL,
    filled_to TEXT NOT NULL,
    PRIMARY KEY (database_name, table_name, name),
    FOREIGN KEY (database_name, table_name) REFERENCES glue_tables (database_name, name) ON DELETE CASCADE
);

-- position is a text whose bytes are ordered as the values of the keys are by their types
CREATE TABLE glue_partition_index_entries (
    database_name TEXT NOT NULL,
    table_name TEXT NOT NULL,
    index_name TEXT NOT NULL,
    position TEXT ${binary} NOT NULL,
    values_key TEXT NOT NULL,
    PRIMARY KEY (database_name, table_name, index_name, position, values_key),
    FOREIGN KEY (database_name, table_name, index_name) REFERENCES glue_partition_indexes (database_name, table_name, name) ON DELETE CASCADE
);

CREATE TABLE glue_database_tags (
    database_name TEXT NOT NULL REFERENCES glue_databases (name) ON DELETE CASCADE,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (database_name, name)
);
