package io.tarn.athena.statement;

/**
 * One statement as it was written: what it says, not how it is carried out. Names are in lower case, as Athena
 * takes them; strings are without their quotes and escapes; everything is immutable and equal by value.
 */
public sealed interface AthenaStatement
        permits DatabaseStatement,
                PartitionStatement,
                QueryStatement,
                RefusedStatement,
                ShowStatement,
                TableStatement {}
