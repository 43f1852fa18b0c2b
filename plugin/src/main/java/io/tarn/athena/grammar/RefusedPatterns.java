package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableList;
import io.tarn.athena.statement.RefusedKind;

import java.util.List;
import java.util.Optional;

import static io.tarn.athena.grammar.WordPattern.pattern;

/**
 * Which words make a statement one that Athena refuses.
 */
final class RefusedPatterns
{
    private record Refusal(RefusedKind kind, WordPattern pattern) {}

    // the first that fits counts
    private static final List<Refusal> REFUSALS = ImmutableList.of(
            refusal(RefusedKind.ALTER_INDEX, "ALTER INDEX"),
            refusal(RefusedKind.ALTER_TABLE_ARCHIVE_PARTITION, "ALTER TABLE <name> ARCHIVE"),
            refusal(RefusedKind.ALTER_TABLE_UNARCHIVE_PARTITION, "ALTER TABLE <name> UNARCHIVE"),
            refusal(RefusedKind.ALTER_TABLE_CASCADE, "ALTER TABLE <name> [<partition>] ADD|REPLACE COLUMNS <any> CASCADE <end>"),
            refusal(RefusedKind.ALTER_TABLE_CLUSTERED_BY, "ALTER TABLE <name> [<partition>] CLUSTERED BY"),
            refusal(RefusedKind.ALTER_TABLE_NOT_CLUSTERED, "ALTER TABLE <name> [<partition>] NOT CLUSTERED"),
            refusal(RefusedKind.ALTER_TABLE_NOT_SORTED, "ALTER TABLE <name> [<partition>] NOT SORTED"),
            refusal(RefusedKind.ALTER_TABLE_COMPACT, "ALTER TABLE <name> [<partition>] COMPACT"),
            refusal(RefusedKind.ALTER_TABLE_CONCATENATE, "ALTER TABLE <name> [<partition>] CONCATENATE"),
            refusal(RefusedKind.ALTER_TABLE_EXCHANGE_PARTITION, "ALTER TABLE <name> EXCHANGE"),
            refusal(RefusedKind.ALTER_TABLE_PARTITION_CHANGE_COLUMNS, "ALTER TABLE <name> <partition> CHANGE"),
            refusal(RefusedKind.ALTER_TABLE_PARTITION_COLUMN, "ALTER TABLE <name> PARTITION COLUMN"),
            refusal(RefusedKind.ALTER_TABLE_PROTECTION, "ALTER TABLE <name> [<partition>] ENABLE|DISABLE"),
            refusal(RefusedKind.ALTER_TABLE_RECOVER_PARTITIONS, "ALTER TABLE <name> RECOVER PARTITIONS"),
            refusal(RefusedKind.ALTER_TABLE_SET_FILEFORMAT, "ALTER TABLE <name> [<partition>] SET FILEFORMAT"),
            refusal(RefusedKind.ALTER_TABLE_SET_SERDE, "ALTER TABLE <name> [<partition>] SET SERDE"),
            refusal(RefusedKind.ALTER_TABLE_SET_SERDEPROPERTIES, "ALTER TABLE <name> [<partition>] SET|UNSET SERDEPROPERTIES"),
            refusal(RefusedKind.ALTER_TABLE_SKEWED_BY, "ALTER TABLE <name> SKEWED BY"),
            refusal(RefusedKind.ALTER_TABLE_NOT_SKEWED, "ALTER TABLE <name> NOT SKEWED"),
            refusal(RefusedKind.ALTER_TABLE_SET_SKEWED_LOCATION, "ALTER TABLE <name> SET SKEWED LOCATION"),
            refusal(RefusedKind.ALTER_TABLE_STORED_AS_DIRECTORIES, "ALTER TABLE <name> NOT STORED AS DIRECTORIES"),
            refusal(RefusedKind.ALTER_TABLE_TOUCH, "ALTER TABLE <name> TOUCH"),
            refusal(RefusedKind.ALTER_TABLE_UPDATE_COLUMNS, "ALTER TABLE <name> [<partition>] UPDATE COLUMNS"),
            refusal(RefusedKind.ALTER_VIEW, "ALTER VIEW"),
            refusal(RefusedKind.COMMIT, "COMMIT"),
            refusal(RefusedKind.CREATE_FUNCTION, "CREATE [OR] [REPLACE] [TEMPORARY] FUNCTION"),
            refusal(RefusedKind.CREATE_INDEX, "CREATE INDEX"),
            refusal(RefusedKind.CREATE_MACRO, "CREATE [TEMPORARY] MACRO"),
            refusal(RefusedKind.CREATE_ROLE, "CREATE ROLE"),
            refusal(RefusedKind.CREATE_TEMPORARY_TABLE, "CREATE TEMPORARY [EXTERNAL] TABLE"),
            refusal(RefusedKind.CREATE_TABLE_LIKE, "CREATE [EXTERNAL] TABLE [IF] [NOT] [EXISTS] <name> LIKE"),
            refusal(RefusedKind.CREATE_TABLE_SKEWED_BY, "CREATE [EXTERNAL] TABLE <any> SKEWED BY"),
            refusal(RefusedKind.CREATE_TABLE_STORED_BY, "CREATE [EXTERNAL] TABLE <any> STORED BY"),
            refusal(RefusedKind.DESCRIBE_DATABASE, "DESCRIBE|DESC DATABASE|SCHEMA [EXTENDED] <name> <end>"),
            refusal(RefusedKind.DESCRIBE_FUNCTION, "DESCRIBE|DESC FUNCTION [EXTENDED] <name> <end>"),
            refusal(RefusedKind.DESCRIBE_INPUT, "DESCRIBE|DESC INPUT <name> <end>"),
            refusal(RefusedKind.DESCRIBE_OUTPUT, "DESCRIBE|DESC OUTPUT <name> <end>"),
            refusal(RefusedKind.DFS, "DFS"),
            refusal(RefusedKind.DROP_FUNCTION, "DROP [TEMPORARY] FUNCTION"),
            refusal(RefusedKind.DROP_INDEX, "DROP INDEX"),
            refusal(RefusedKind.DROP_MACRO, "DROP [TEMPORARY] MACRO"),
            refusal(RefusedKind.DROP_ROLE, "DROP ROLE"),
            refusal(RefusedKind.EXPORT_TABLE, "EXPORT TABLE"),
            refusal(RefusedKind.GRANT_ROLE, "GRANT ROLE"),
            refusal(RefusedKind.GRANT, "GRANT"),
            refusal(RefusedKind.IMPORT_TABLE, "IMPORT"),
            refusal(RefusedKind.INSERT_OVERWRITE, "INSERT OVERWRITE"),
            refusal(RefusedKind.LOAD_DATA, "LOAD DATA"),
            refusal(RefusedKind.LOCK_DATABASE, "LOCK DATABASE|SCHEMA"),
            refusal(RefusedKind.LOCK_TABLE, "LOCK TABLE"),
            refusal(RefusedKind.RELOAD_FUNCTION, "RELOAD FUNCTION|FUNCTIONS"),
            refusal(RefusedKind.REVOKE_ROLE, "REVOKE ROLE"),
            refusal(RefusedKind.REVOKE, "REVOKE"),
            refusal(RefusedKind.ROLLBACK, "ROLLBACK"),
            refusal(RefusedKind.SET_ROLE, "SET ROLE"),
            refusal(RefusedKind.SHOW_COMPACTIONS, "SHOW COMPACTIONS"),
            refusal(RefusedKind.SHOW_CURRENT_ROLES, "SHOW CURRENT ROLES"),
            refusal(RefusedKind.SHOW_GRANT, "SHOW GRANT|GRANTS"),
            refusal(RefusedKind.SHOW_INDEXES, "SHOW [FORMATTED] INDEX|INDEXES"),
            refusal(RefusedKind.SHOW_LOCKS, "SHOW LOCKS"),
            refusal(RefusedKind.SHOW_PRINCIPALS, "SHOW PRINCIPALS"),
            refusal(RefusedKind.SHOW_ROLE_GRANT, "SHOW ROLE GRANT|GRANTS"),
            refusal(RefusedKind.SHOW_ROLES, "SHOW ROLES"),
            refusal(RefusedKind.SHOW_STATS, "SHOW STATS"),
            refusal(RefusedKind.SHOW_TRANSACTIONS, "SHOW TRANSACTIONS"),
            refusal(RefusedKind.START_TRANSACTION, "START TRANSACTION"),
            refusal(RefusedKind.TRUNCATE_TABLE, "TRUNCATE TABLE"),
            refusal(RefusedKind.UNLOCK_DATABASE, "UNLOCK DATABASE|SCHEMA"),
            refusal(RefusedKind.UNLOCK_TABLE, "UNLOCK TABLE"));

    private RefusedPatterns() {}

    static Optional<RefusedKind> match(String text, List<Lexeme> lexemes)
    {
        return REFUSALS.stream()
                .filter(refusal -> refusal.pattern().matches(text, lexemes))
                .map(Refusal::kind)
                .findFirst();
    }

    private static Refusal refusal(RefusedKind kind, String words)
    {
        return new Refusal(kind, pattern(words));
    }
}
