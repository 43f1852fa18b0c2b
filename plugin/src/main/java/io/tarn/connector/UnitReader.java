package io.tarn.connector;

import io.tarn.connector.UnitReads.UnitRead;
import io.tarn.format.DerivedPageSource;
import io.tarn.format.ReadLimit;
import io.tarn.scan.ScanUnit;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.predicate.TupleDomain;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Opens the units of one split.
 */
final class UnitReader
{
    private final UnitReads reads;
    private final Supplier<TupleDomain<TarnColumnHandle>> predicate;
    private final Function<ScanUnit, Optional<BucketCheck>> checks;

    /**
     * @param predicate what is known when a unit is opened; narrower for later units where a dynamic filter arrives
     */
    UnitReader(UnitReads reads, Supplier<TupleDomain<TarnColumnHandle>> predicate, Function<ScanUnit, Optional<BucketCheck>> checks)
    {
        this.checks = requireNonNull(checks, "checks is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.predicate = requireNonNull(predicate, "predicate is null");
    }

    /**
     * @return empty where no row of the unit can satisfy the predicate
     */
    Optional<ConnectorPageSource> open(ScanUnit unit, Optional<ReadLimit> limit)
    {
        return reads.resolve(unit, predicate.get(), limit).map(UnitReader::open);
    }

    /**
     * What the unit's pages are to be shown to, before anybody else sees them.
     */
    Optional<BucketCheck> check(ScanUnit unit)
    {
        return checks.apply(unit);
    }

    private static ConnectorPageSource open(UnitRead unit)
    {
        return new DerivedPageSource(unit.format().open(unit.read()), unit.columns());
    }
}
