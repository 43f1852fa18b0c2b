package io.tarn.server.quota;

import java.net.URI;
import java.sql.SQLException;

/**
 * One coordinator for all clients, in whose place comes another.
 */
final class SuccessiveCoordinators
        implements Coordinators
{
    private URI current;

    SuccessiveCoordinators(URI first)
    {
        this.current = first;
    }

    synchronized void replace(URI next)
    {
        current = next;
        notifyAll();
    }

    @Override
    public synchronized URI of(int client)
    {
        return current;
    }

    @Override
    public synchronized URI after(URI dead, SQLException failure)
            throws InterruptedException
    {
        while (current.equals(dead)) {
            wait();
        }
        return current;
    }
}
