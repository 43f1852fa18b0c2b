package io.tarn.watch;

import com.google.common.base.Ticker;
import com.google.common.hash.HashCode;
import io.airlift.log.Logger;
import io.airlift.units.Duration;

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
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * What a file of an administrator says now. The file is looked at when its content is asked for, at most once in an
 * interval, by its size, time and content; a broken new one leaves the old one in force, which the log says once.
 */
public final class WatchedFile<T>
{
    private final Path file;
    private final long lookInterval;
    private final Ticker ticker;
    private final WatchedContent<T> content;
    private final Logger log;
    // whoever sets it is the one that looks; all others take the content in force
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lastLook;
    private volatile T current;
    // these are only touched by the one that looks
    private Optional<Stamp> stamp;
    private Optional<HashCode> hash;
    private Optional<String> failure = Optional.empty();

    /**
     * @param log says what changed, and what is wrong with a version that is not taken on
     * @throws IllegalArgumentException where the file is missing or wrong; the message names it, and what is wrong
     */
    public WatchedFile(Path file, Duration lookInterval, Ticker ticker, WatchedContent<T> content, Logger log)
    {
        this.file = requireNonNull(file, "file is null");
        this.lookInterval = lookInterval.roundTo(NANOSECONDS);
        this.ticker = requireNonNull(ticker, "ticker is null");
        this.content = requireNonNull(content, "content is null");
        this.log = requireNonNull(log, "log is null");
        try {
            stamp = Optional.of(Stamp.of(file));
            byte[] bytes = bytes();
            hash = Optional.of(sha256().hashBytes(bytes));
            current = read(bytes);
        }
        catch (IOException e) {
            throw new IllegalArgumentException(unreadable(e), e);
        }
        lastLook = ticker.read();
    }

    /**
     * The content in force. Never waits for another thread; the one that finds a new file reads it.
     */
    public T current()
    {
        if (ticker.read() - lastLook >= lookInterval && looking.compareAndSet(false, true)) {
            try {
                look();
            }
            finally {
                lastLook = ticker.read();
                looking.set(false);
            }
        }
        return current;
    }

    private void look()
    {
        try {
            Optional<Stamp> now = Optional.of(Stamp.of(file));
            if (now.equals(stamp)) {
                return;
            }
            byte[] bytes = bytes();
            // taken before the content was read: what changes after that changes the stamp again
            stamp = now;
            Optional<HashCode> newHash = Optional.of(sha256().hashBytes(bytes));
            boolean same = newHash.equals(hash);
            hash = newHash;
            if (!same) {
                takeOn(bytes);
            }
        }
        catch (IOException e) {
            stamp = Optional.empty();
            hash = Optional.empty();
            keep(unreadable(e));
        }
    }

    private void takeOn(byte[] bytes)
    {
        try {
            current = read(bytes);
        }
        catch (IllegalArgumentException e) {
            keep(e.getMessage());
            return;
        }
        failure = Optional.empty();
        log.info("%s has changed, and is in force", file);
    }

    private void keep(String message)
    {
        if (!failure.equals(Optional.of(message))) {
            failure = Optional.of(message);
            log.error("%s: %s", content.kept(), message);
        }
    }

    private byte[] bytes()
            throws IOException
    {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(content.maximumMegabytes() * (1 << 20) + 1);
        }
    }

    private T read(byte[] bytes)
    {
        try {
            if (bytes.length > content.maximumMegabytes() * (1 << 20)) {
                throw new IllegalArgumentException("is larger than %sMB".formatted(content.maximumMegabytes()));
            }
            return content.read(file, bytes);
        }
        catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s %s".formatted(file, e.getMessage()), e);
        }
    }

    private String unreadable(IOException e)
    {
        return e instanceof NoSuchFileException
                ? "%s does not exist; it holds %s".formatted(file, content.holds())
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
