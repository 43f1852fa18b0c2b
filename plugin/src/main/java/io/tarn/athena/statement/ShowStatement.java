package io.tarn.athena.statement;

/**
 * Answers with rows from the catalogue.
 */
public sealed interface ShowStatement
        extends AthenaStatement
        permits DescribeTable,
                DescribeView,
                ShowColumns,
                ShowCreateTable,
                ShowCreateView,
                ShowDatabases,
                ShowPartitions,
                ShowTableProperties,
                ShowTables,
                ShowViews {}
