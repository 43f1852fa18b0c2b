package io.tarn.connector.system;

import io.tarn.quota.ScanQuota;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

/**
 * Makes the reading of footers known to the quota's gate.
 */
@FunctionalInterface
public interface ListingMeter
{
    /**
     * A scan that has counted nothing yet and takes what it reads as it goes along.
     *
     * @param name of the metadata table
     * @return empty where nothing that it could take is limited
     * @throws io.trino.spi.TrinoException where the gate refuses the query
     */
    Optional<ScanQuota> quota(ConnectorSession session, SchemaTableName name);
}
