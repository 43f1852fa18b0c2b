package io.tarn.quota;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;

import static java.util.concurrent.TimeUnit.SECONDS;

public class QuotaConfig
{
    public enum WhenUnavailable
    {
        FAIL_CLOSED,
        FAIL_OPEN,
        /**/
    }

    private Path policyFile = Path.of("etc", "quotas.json");
    private WhenUnavailable whenLedgerUnavailable = WhenUnavailable.FAIL_CLOSED;
    private Duration reservationWait = new Duration(10, SECONDS);
    private boolean besideOtherAccessControl;

    @NotNull
    public Path getPolicyFile()
    {
        return policyFile;
    }

    @Config("quota.policy-file")
    @ConfigDescription("The file with workgroups, limits and budgets; a change takes effect with the next query")
    public QuotaConfig setPolicyFile(Path policyFile)
    {
        this.policyFile = policyFile;
        return this;
    }

    @NotNull
    public WhenUnavailable getWhenLedgerUnavailable()
    {
        return whenLedgerUnavailable;
    }

    @Config("quota.when-ledger-unavailable")
    @ConfigDescription("FAIL_CLOSED refuses queries that count for a budget while the ledger cannot be reached; FAIL_OPEN lets them run uncounted")
    public QuotaConfig setWhenLedgerUnavailable(WhenUnavailable whenLedgerUnavailable)
    {
        this.whenLedgerUnavailable = whenLedgerUnavailable;
        return this;
    }

    @NotNull
    public Duration getReservationWait()
    {
        return reservationWait;
    }

    @Config("quota.reservation-wait")
    @ConfigDescription("How long a query waits that only does not fit because of what running queries have reserved and may give back")
    public QuotaConfig setReservationWait(Duration reservationWait)
    {
        this.reservationWait = reservationWait;
        return this;
    }

    public boolean isBesideOtherAccessControl()
    {
        return besideOtherAccessControl;
    }

    @Config("quota.beside-other-access-control")
    @ConfigDescription("Whether another access control decides what Trino's default one does, as who may impersonate whom; otherwise this one does as the default")
    public QuotaConfig setBesideOtherAccessControl(boolean besideOtherAccessControl)
    {
        this.besideOtherAccessControl = besideOtherAccessControl;
        return this;
    }
}
