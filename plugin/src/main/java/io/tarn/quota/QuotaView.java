package io.tarn.quota;

import io.tarn.quota.ledger.Ledger;
import io.tarn.quota.policy.QuotaPolicy;

/**
 * What the quotas are, and how they stand: for those who show or change it.
 */
public interface QuotaView
{
    QuotaPolicy policy();

    /**
     * @throws io.trino.spi.TrinoException with QUOTA_LEDGER_UNAVAILABLE where it cannot be opened
     */
    Ledger ledger();
}
