package io.tarn.ddl;

/**
 * The names of the properties that {@code CREATE TABLE … WITH (…)} takes, Trino's and
 * Athena's; where they have two names for one thing, both are taken.
 */
final class TableProperty
{
    static final String FORMAT = "format";
    static final String EXTERNAL_LOCATION = "external_location";
    static final String IS_EXTERNAL = "is_external";
    static final String PARTITIONED_BY = "partitioned_by";
    static final String BUCKETED_BY = "bucketed_by";
    static final String BUCKET_COUNT = "bucket_count";
    static final String BUCKETING_VERSION = "bucketing_version";
    static final String SORTED_BY = "sorted_by";
    static final String WRITE_COMPRESSION = "write_compression";
    static final String PARQUET_COMPRESSION = "parquet_compression";
    static final String ORC_COMPRESSION = "orc_compression";
    static final String COMPRESSION_LEVEL = "compression_level";
    static final String FIELD_DELIMITER = "field_delimiter";
    static final String TEXTFILE_FIELD_SEPARATOR = "textfile_field_separator";
    static final String TEXTFILE_FIELD_SEPARATOR_ESCAPE = "textfile_field_separator_escape";
    static final String NULL_FORMAT = "null_format";
    static final String CSV_SEPARATOR = "csv_separator";
    static final String CSV_QUOTE = "csv_quote";
    static final String CSV_ESCAPE = "csv_escape";
    static final String SKIP_HEADER_LINE_COUNT = "skip_header_line_count";
    static final String SKIP_FOOTER_LINE_COUNT = "skip_footer_line_count";
    static final String AVRO_SCHEMA_URL = "avro_schema_url";
    static final String AVRO_SCHEMA_LITERAL = "avro_schema_literal";
    static final String ION_ENCODING = "ion_encoding";
    static final String ORC_BLOOM_FILTER_COLUMNS = "orc_bloom_filter_columns";
    static final String ORC_BLOOM_FILTER_FPP = "orc_bloom_filter_fpp";
    static final String PARQUET_BLOOM_FILTER_COLUMNS = "parquet_bloom_filter_columns";
    static final String REGEX = "regex";
    static final String REGEX_CASE_INSENSITIVE = "regex_case_insensitive";
    static final String AUTO_PURGE = "auto_purge";
    static final String EXTRA_PROPERTIES = "extra_properties";

    private TableProperty() {}
}
