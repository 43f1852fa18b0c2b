package io.tarn.quota;

import com.google.common.collect.ImmutableSet;
import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.policy.QuotaPolicy;
import io.trino.spi.TrinoException;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Where the plugin's connectors find the gate that its access control has opened: none on a worker, and none on a
 * coordinator whose configuration has no quotas.
 */
public final class CurrentGate
{
    private final AtomicReference<QuotaGate> gate = new AtomicReference<>();
    private final Set<String> catalogs = ConcurrentHashMap.newKeySet();

    public Optional<QuotaGate> get()
    {
        return Optional.ofNullable(gate.get());
    }

    /**
     * What the gate shows, for those who are made before it is opened. Where there is none, asking it fails with
     * NOT_SUPPORTED.
     */
    public QuotaView view()
    {
        return new QuotaView()
        {
            @Override
            public QuotaPolicy policy()
            {
                return require().policy();
            }

            @Override
            public Ledger ledger()
            {
                return require().ledger();
            }
        };
    }

    private QuotaGate require()
    {
        return get().orElseThrow(() -> new TrinoException(NOT_SUPPORTED, "This cluster has no quotas: set access-control.name=tarn-quota in its access-control.properties"));
    }

    public void set(QuotaGate opened)
    {
        gate.set(requireNonNull(opened, "opened is null"));
    }

    public void clear(QuotaGate closed)
    {
        gate.compareAndSet(closed, null);
    }

    /**
     * Makes a catalogue's session property {@code workgroup} count.
     */
    public void addCatalog(String catalog)
    {
        catalogs.add(requireNonNull(catalog, "catalog is null"));
    }

    public Set<String> catalogs()
    {
        return ImmutableSet.copyOf(catalogs);
    }
}
