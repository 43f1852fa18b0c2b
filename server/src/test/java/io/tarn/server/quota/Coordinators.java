package io.tarn.server.quota;

import java.net.URI;
import java.sql.SQLException;

/**
 * Where clients find their coordinators.
 */
interface Coordinators
{
    URI of(int client);

    /**
     * Where a client turns to when its coordinator is dead; waits for there to be another.
     *
     * @param failure by which the client knows
     * @throws SQLException the failure, where the coordinator should be alive
     */
    default URI after(URI dead, SQLException failure)
            throws SQLException, InterruptedException
    {
        throw failure;
    }
}
