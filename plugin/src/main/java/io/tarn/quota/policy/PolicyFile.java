package io.tarn.quota.policy;

import com.google.common.base.Ticker;
import com.google.common.hash.HashCode;
import io.airlift.log.Logger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import static com.google.common.hash.Hashing.sha256;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * The policy as its file has it now. The file is looked at when the policy is asked for, at most once a second by its
 * size, time and content; a broken new one leaves the old one in force, which the log says once.
 */
public final class PolicyFile
{
    private static final Logger log = Logger.get(PolicyFile.class);

    private static final long LOOK_INTERVAL = SECONDS.toNanos(1);
    private static final int MAX_SIZE = 1 << 20;

    private final Path file;
    private final Ticker ticker;
    // whoever sets it is the one that looks; all others take the policy in force
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lastLook;
    private volatile QuotaPolicy policy;
    // these are only touched by the one that looks
    private Optional<Stamp> stamp;
    private Optional<HashCode> hash;
    private Optional<String> failure = Optional.empty();

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
        this.file = requireNonNull(file, "file is null");
        this.ticker = requireNonNull(ticker, "ticker is null");
        try {
            stamp = Optional.of(Stamp.of(file));
            byte[] content = content();
            hash = Optional.of(sha256().hashBytes(content));
            policy = read(content);
        }
        catch (IOException e) {
            throw new IllegalArgumentException(unreadable(e), e);
        }
        lastLook = ticker.read();
        policy.warnings().forEach(warning -> log.warn("%s: %s", file, warning.text()));
    }

    /**
     * The policy in force. Never waits for another thread; the one that finds a new file reads it.
     */
    public QuotaPolicy policy()
    {
        if (ticker.read() - lastLook >= LOOK_INTERVAL && looking.compareAndSet(false, true)) {
            try {
                look();
            }
            finally {
                lastLook = ticker.read();
                looking.set(false);
            }
        }
        return policy;
    }

    private void look()
    {
        try {
            Optional<Stamp> now = Optional.of(Stamp.of(file));
            if (now.equals(stamp)) {
                return;
            }
            byte[] content = content();
            // taken before the content was read: what changes after that changes the stamp again
            stamp = now;
            Optional<HashCode> newHash = Optional.of(sha256().hashBytes(content));
            boolean same = newHash.equals(hash);
            hash = newHash;
            if (!same) {
                takeOn(content);
            }
        }
        catch (IOException e) {
            stamp = Optional.empty();
            hash = Optional.empty();
            keep(unreadable(e));
        }
    }

    private void takeOn(byte[] content)
    {
        try {
            policy = read(content);
        }
        catch (IllegalArgumentException e) {
            keep(e.getMessage());
            return;
        }
        failure = Optional.empty();
        log.info("%s has changed, and is in force", file);
        policy.warnings().forEach(warning -> log.warn("%s: %s", file, warning.text()));
    }

    private void keep(String message)
    {
        if (!failure.equals(Optional.of(message))) {
            failure = Optional.of(message);
            log.error("The policy before stays in force: %s", message);
        }
    }

    private byte[] content()
            throws IOException
    {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_SIZE + 1);
        }
    }

    private QuotaPolicy read(byte[] content)
    {
        try {
            if (content.length > MAX_SIZE) {
                throw new IllegalArgumentException("is larger than 1MB");
            }
            return PolicyReader.read(content);
        }
        catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s %s".formatted(file, e.getMessage()), e);
        }
    }

    private String unreadable(IOException e)
    {
        return e instanceof NoSuchFileException
                ? "%s does not exist; it holds the workgroups, their limits and budgets".formatted(file)
                : "%s cannot be read: %s".formatted(file, e.getMessage() == null ? e : e.getMessage());
    }

    private record Stamp(long size, FileTime modified, Optional<Object> key)
    {
        static Stamp of(Path file)
                throws IOException
        {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
        }
    }
}
