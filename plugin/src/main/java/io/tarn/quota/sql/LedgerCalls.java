package io.tarn.quota.sql;

import io.tarn.quota.ledger.LedgerException;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;

import java.util.function.Supplier;

import static io.tarn.error.TarnErrorCode.QUOTA_LEDGER_UNAVAILABLE;

/**
 * Tells a ledger that fails as SQL errors are told.
 */
final class LedgerCalls
{
    private LedgerCalls() {}

    static <T> T ask(Supplier<T> call)
    {
        // called by the engine, whose threads see its own classes: not the JDBC drivers
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(LedgerCalls.class.getClassLoader())) {
            return call.get();
        }
        catch (LedgerException e) {
            throw new TrinoException(QUOTA_LEDGER_UNAVAILABLE, e.getMessage(), e);
        }
    }

    static void tell(Runnable call)
    {
        ask(() -> {
            call.run();
            return true;
        });
    }
}
