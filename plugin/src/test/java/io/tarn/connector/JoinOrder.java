package io.tarn.connector;

import io.trino.sql.planner.plan.AggregationNode;
import io.trino.sql.planner.plan.JoinNode;
import io.trino.sql.planner.plan.PlanNode;
import io.trino.sql.planner.plan.SemiJoinNode;
import io.trino.sql.planner.plan.TableScanNode;

import static java.util.stream.Collectors.joining;

/**
 * The joins of a plan as text: the side that is streamed, then the side that is held in memory; a {@code *} where that
 * side goes to all nodes.
 */
final class JoinOrder
{
    private JoinOrder() {}

    static String of(PlanNode node)
    {
        return switch (node) {
            case JoinNode join -> "(%s %s %s)".formatted(of(join.getLeft()), isReplicated(join) ? "⋈*" : "⋈", of(join.getRight()));
            case SemiJoinNode join -> "(%s ⋉ %s)".formatted(of(join.getSource()), of(join.getFilteringSource()));
            case TableScanNode scan -> ((TarnTableHandle) scan.getTable().connectorHandle()).name().getTableName();
            case AggregationNode aggregation -> of(aggregation.getSource());
            default -> node.getSources().stream().map(JoinOrder::of).collect(joining(", "));
        };
    }

    private static boolean isReplicated(JoinNode join)
    {
        return join.getDistributionType().filter(JoinNode.DistributionType.REPLICATED::equals).isPresent();
    }
}
