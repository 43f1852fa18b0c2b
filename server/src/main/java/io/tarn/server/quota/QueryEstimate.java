package io.tarn.server.quota;

import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a query would read, and what that would cost.
 *
 * @param verdict what the quotas say to it
 * @param refused whether they would refuse it
 */
public record QueryEstimate(String workgroup, long bytes, BigDecimal price, String currency, boolean refused, String verdict, List<TableEstimate> tables)
{
    public QueryEstimate
    {
        requireNonNull(workgroup, "workgroup is null");
        requireNonNull(price, "price is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(verdict, "verdict is null");
        tables = ImmutableList.copyOf(tables);
    }

    public long files()
    {
        return tables.stream().mapToLong(TableEstimate::files).sum();
    }

    public long partitions()
    {
        return tables.stream().mapToLong(TableEstimate::partitions).sum();
    }

    /**
     * Empty where a format does not tell.
     */
    public Optional<Long> rows()
    {
        return tables.stream().allMatch(table -> table.rows().isPresent())
                ? Optional.of(tables.stream().mapToLong(table -> table.rows().orElseThrow()).sum())
                : Optional.empty();
    }

    /**
     * @param rows empty where the format does not tell
     */
    public record TableEstimate(String name, long files, long partitions, long bytes, Optional<Long> rows)
    {
        public TableEstimate
        {
            requireNonNull(name, "name is null");
            requireNonNull(rows, "rows is null");
        }
    }
}
