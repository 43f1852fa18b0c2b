package io.tarn.quota.policy;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * @param selectors a query belongs to the workgroup when one of them matches it
 * @param partitionFilterRequired tables that may only be scanned with a filter on a partition key
 */
public record Workgroup(
        String name,
        boolean enabled,
        List<Selector> selectors,
        Action action,
        QueryLimits limits,
        List<Budget> budgets,
        Pricing pricing,
        UpperBound upperBound,
        List<TablePattern> partitionFilterRequired)
{
    public Workgroup
    {
        requireNonNull(name, "name is null");
        selectors = ImmutableList.copyOf(selectors);
        requireNonNull(action, "action is null");
        requireNonNull(limits, "limits is null");
        budgets = ImmutableList.copyOf(budgets);
        requireNonNull(pricing, "pricing is null");
        requireNonNull(upperBound, "upperBound is null");
        partitionFilterRequired = ImmutableList.copyOf(partitionFilterRequired);
    }

    /**
     * Whether one of the selectors matches the query, be it because its session names this workgroup.
     */
    public boolean takes(QueryAttributes query)
    {
        boolean named = query.workgroup().filter(name::equals).isPresent();
        return selectors.stream().anyMatch(selector -> selector.matches(query, named));
    }

    public Optional<Budget> budget(String budgetName)
    {
        return budgets.stream().filter(budget -> budget.name().equals(budgetName)).findFirst();
    }
}
