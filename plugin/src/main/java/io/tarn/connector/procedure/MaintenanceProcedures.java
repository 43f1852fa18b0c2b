package io.tarn.connector.procedure;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.trino.spi.procedure.Procedure;

import java.util.Set;

/**
 * The procedures that keep tables, of a catalogue's schema {@code system}.
 */
public class MaintenanceProcedures
{
    private final Set<Procedure> procedures;

    @Inject
    public MaintenanceProcedures(PartitionProcedures partitions, OrphanProcedure orphans)
    {
        procedures = ImmutableSet.<Procedure>builder()
                .addAll(partitions.procedures())
                .add(orphans.procedure())
                .build();
    }

    public Set<Procedure> procedures()
    {
        return procedures;
    }
}
