package io.tarn.athena.statement;

/**
 * Answers with rows from the catalogue.
 */
public sealed interface ShowStatement
        extends AthenaStatement
        permits ShowDatabases, ShowTables, ShowViews, ShowColumns, ShowPartitions, ShowTableProperties,
        ShowCreateTable, ShowCreateView, DescribeTable, DescribeView {}
