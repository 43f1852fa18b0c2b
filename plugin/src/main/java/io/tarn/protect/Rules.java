package io.tarn.protect;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.security.Identity;
import io.trino.spi.security.SystemAccessControl;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One version of the rules.
 *
 * @param control Trino's own reading of them
 * @param tables those for tables, in the file's order
 */
record Rules(SystemAccessControl control, List<TableRule> tables)
{
    Rules
    {
        requireNonNull(control, "control is null");
        tables = ImmutableList.copyOf(tables);
    }

    /**
     * The first rule that is about this user and this table, or the table that a metadata table tells of.
     */
    Optional<TableRule> ruleFor(Identity identity, CatalogSchemaTableName name)
    {
        CatalogSchemaTableName table = MetadataTableNames.tableOf(name);
        return tables.stream()
                .filter(rule -> rule.appliesTo(identity, table))
                .findFirst();
    }

    /**
     * How a message names a rule.
     */
    String place(TableRule rule)
    {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i) == rule) {
                return "tables[%s] of the rules".formatted(i);
            }
        }
        throw new IllegalArgumentException("not a rule of these");
    }

    /**
     * Whether nothing of a catalogue, and nothing of any other that a rule speaks of, is kept from the user.
     */
    boolean readsEverything(Identity identity, String catalog)
    {
        boolean covered = false;
        for (TableRule rule : tables) {
            if (!rule.appliesTo(identity)) {
                continue;
            }
            if (!rule.mayRead() || rule.isRestricted()) {
                return false;
            }
            if (rule.coversAllCatalogs()) {
                return true;
            }
            covered |= rule.coversCatalog(catalog);
        }
        return covered;
    }
}
