package io.tarn.quota.policy;

import com.google.common.base.Ticker;
import io.airlift.log.Logger;
import io.airlift.units.Duration;
import io.tarn.watch.WatchedContent;
import io.tarn.watch.WatchedFile;

import java.nio.file.Path;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The policy as its file has it now. The file is looked at when the policy is asked for, at most once a second; a
 * broken new one leaves the old one in force, which the log says once.
 */
public final class PolicyFile
{
    private static final Logger log = Logger.get(PolicyFile.class);

    private final WatchedFile<QuotaPolicy> file;

    /**
     * @throws IllegalArgumentException where the file is missing or wrong; the message names it, the path of the wrong
     *         member (as {@code workgroups[1].budgets[0].period}), the value found and what is allowed
     */
    public PolicyFile(Path file)
    {
        this(file, Ticker.systemTicker());
    }

    PolicyFile(Path file, Ticker ticker)
    {
        this.file = new WatchedFile<>(file, new Duration(1, SECONDS), ticker, new PolicyContent(), log);
    }

    /**
     * The policy in force. Never waits for another thread; the one that finds a new file reads it.
     */
    public QuotaPolicy policy()
    {
        return file.current();
    }

    private static final class PolicyContent
            implements WatchedContent<QuotaPolicy>
    {
        @Override
        public String holds()
        {
            return "the workgroups, their limits and budgets";
        }

        @Override
        public String kept()
        {
            return "The policy before stays in force";
        }

        @Override
        public int maximumMegabytes()
        {
            return 1;
        }

        @Override
        public QuotaPolicy read(Path file, byte[] content)
        {
            QuotaPolicy policy = PolicyReader.read(content);
            policy.warnings().forEach(warning -> log.warn("%s: %s", file, warning.text()));
            return policy;
        }
    }
}
