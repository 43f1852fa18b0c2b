package io.tarn.quota.access;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.quota.CurrentGate;
import io.tarn.quota.GateKeeper;
import io.tarn.quota.QueryEnd;
import io.tarn.quota.QueryEnd.TableRead;
import io.tarn.quota.QueryOrigin;
import io.tarn.quota.QuotaGate;
import io.tarn.quota.policy.QueryAttributes;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.spi.eventlistener.QueryContext;
import io.trino.spi.eventlistener.QueryCreatedEvent;
import io.trino.spi.eventlistener.QueryFailureInfo;
import io.trino.spi.eventlistener.QueryInputMetadata;
import io.trino.spi.eventlistener.QueryMetadata;
import io.trino.spi.eventlistener.QueryStatistics;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Tells the gate of queries that begin and end.
 */
public class QuotaEventListener
        implements EventListener
{
    private static final String WORKGROUP_PROPERTY = "workgroup";

    private final QuotaGate gate;
    private final CurrentGate currentGate;

    @Inject
    public QuotaEventListener(GateKeeper gateKeeper, CurrentGate currentGate)
    {
        this.gate = gateKeeper.gate();
        this.currentGate = requireNonNull(currentGate, "currentGate is null");
    }

    @Override
    public void queryCreated(QueryCreatedEvent event)
    {
        gate.created(origin(event.getMetadata(), event.getContext(), event.getCreateTime()));
    }

    @Override
    public void queryCompleted(QueryCompletedEvent event)
    {
        QueryStatistics statistics = event.getStatistics();
        long internalBytes = 0;
        long internalRows = 0;
        ImmutableList.Builder<TableRead> tables = ImmutableList.builder();
        for (QueryInputMetadata input : event.getIoMetadata().getInputs()) {
            long bytes = input.getPhysicalInputBytes().orElse(0);
            long rows = input.getPhysicalInputRows().orElse(0);
            if (InternalTables.isInternal(input.getCatalogName(), input.getSchema())) {
                internalBytes += bytes;
                internalRows += rows;
            }
            else {
                tables.add(new TableRead(input.getCatalogName(), input.getSchema(), input.getTable(), bytes, rows));
            }
        }
        gate.completed(new QueryEnd(
                origin(event.getMetadata(), event.getContext(), event.getCreateTime()),
                event.getEndTime(),
                event.getFailureInfo().map(failure -> failure.getErrorCode().getName()),
                event.getFailureInfo().flatMap(QueryFailureInfo::getFailureMessage),
                Math.max(0, statistics.getPhysicalInputBytes() - internalBytes),
                Math.max(0, statistics.getPhysicalInputRows() - internalRows),
                tables.build()));
    }

    private QueryOrigin origin(QueryMetadata metadata, QueryContext context, Instant created)
    {
        Optional<String> workgroup = currentGate.catalogs().stream()
                .map(catalog -> context.getSessionProperties().get(catalog + "." + WORKGROUP_PROPERTY))
                .filter(name -> name != null && !name.isEmpty())
                .findFirst();
        return new QueryOrigin(
                metadata.getQueryId(),
                created,
                new QueryAttributes(
                        context.getUser(),
                        context.getGroups(),
                        context.getSource(),
                        context.getClientTags(),
                        context.getResourceGroupId().map(Object::toString),
                        workgroup),
                metadata.getQuery());
    }
}
