package io.tarn.quota.ledger;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static io.tarn.quota.ledger.Queries.account;
import static io.tarn.quota.ledger.Queries.bytes;
import static io.tarn.quota.ledger.Queries.finished;
import static io.tarn.quota.ledger.Queries.query;

/**
 * A process of its own that reserves and settles on several threads until it is killed: a line on standard output for
 * each call that was acknowledged.
 */
final class LedgerWriter
{
    static final int THREADS = 4;
    static final long RESERVED = 10;
    static final long USED = 3;

    private LedgerWriter() {}

    /**
     * @param arguments the ledger's URL, and the user where there is one
     */
    static void main(String[] arguments)
    {
        LedgerConfig config = new LedgerConfig().setUrl(arguments[0]);
        if (arguments.length > 1) {
            config.setUser(arguments[1]).setPassword(arguments[1]);
        }
        Ledger ledger = Ledger.open(config, "killed");
        List<Account> accounts = ImmutableList.of(account("daily", "ann", 1L << 40), account("team", "", 1L << 40));
        for (int i = 0; i < THREADS; i++) {
            String prefix = "killed-" + i + "-";
            new Thread(() -> {
                for (int number = 0; ; number++) {
                    String queryId = prefix + number;
                    ledger.reserve(query(queryId), accounts, bytes(RESERVED), true);
                    say("reserved " + queryId);
                    // every third stays as it is
                    if (number % 3 != 0) {
                        ledger.settle(finished(queryId, bytes(USED)));
                        say("settled " + queryId);
                    }
                }
            }).start();
        }
    }

    private static void say(String line)
    {
        synchronized (LedgerWriter.class) {
            System.out.println(line);
        }
    }
}
