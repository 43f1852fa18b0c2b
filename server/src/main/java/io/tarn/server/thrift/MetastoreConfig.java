package io.tarn.server.thrift;

import com.google.common.base.Splitter;
import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.configuration.validation.FileExists;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MaxDataSize;
import io.airlift.units.MinDataSize;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

public class MetastoreConfig
{
    public static final int DEFAULT_PORT = 9083;

    private String host = "127.0.0.1";
    private int port = DEFAULT_PORT;
    private boolean readOnly;
    private List<String> allowedAddresses = List.of();
    private Optional<Path> keyStorePath = Optional.empty();
    private Optional<String> keyStorePassword = Optional.empty();
    private int maxConnections = 1000;
    private Duration idleTimeout = new Duration(10, MINUTES);
    private Duration readTimeout = new Duration(30, SECONDS);
    private DataSize maxMessageSize = DataSize.of(64, MEGABYTE);
    private DataSize messageMemory = DataSize.of(256, MEGABYTE);
    private int maxConcurrentCalls = 64;
    private Duration callPatience = new Duration(30, SECONDS);
    private Duration lockTimeout = new Duration(5, MINUTES);
    private int maxLocks = 10_000;

    @NotNull
    public String getHost()
    {
        return host;
    }

    @Config("metastore.host")
    @ConfigDescription("The address to listen on; nobody is asked who they are, so let only those in who may read and write")
    public MetastoreConfig setHost(String host)
    {
        this.host = host;
        return this;
    }

    @Min(0)
    @Max(65535)
    public int getPort()
    {
        return port;
    }

    @Config("metastore.port")
    @ConfigDescription("The port to listen on; 0 for a free one")
    public MetastoreConfig setPort(int port)
    {
        this.port = port;
        return this;
    }

    public boolean isReadOnly()
    {
        return readOnly;
    }

    @Config("metastore.read-only")
    @ConfigDescription("Whether every call that would change the catalogue is refused")
    public MetastoreConfig setReadOnly(boolean readOnly)
    {
        this.readOnly = readOnly;
        return this;
    }

    @NotNull
    public List<String> getAllowedAddresses()
    {
        return allowedAddresses;
    }

    @Config("metastore.allowed-addresses")
    @ConfigDescription("Addresses and ranges (10.0.0.0/8) that may connect, separated by commas; all when not set")
    public MetastoreConfig setAllowedAddresses(String allowedAddresses)
    {
        this.allowedAddresses = allowedAddresses == null ? List.of() : Splitter.on(',').trimResults().omitEmptyStrings().splitToList(allowedAddresses);
        return this;
    }

    @NotNull
    public Optional<@FileExists Path> getKeyStorePath()
    {
        return keyStorePath;
    }

    @Config("metastore.tls.key-store-path")
    @ConfigDescription("A PKCS12 or JKS key store with the certificate to show, or a PEM file; with it, only TLS is spoken")
    public MetastoreConfig setKeyStorePath(Path keyStorePath)
    {
        this.keyStorePath = Optional.ofNullable(keyStorePath);
        return this;
    }

    @NotNull
    public Optional<String> getKeyStorePassword()
    {
        return keyStorePassword;
    }

    @Config("metastore.tls.key-store-password")
    @ConfigDescription("The key store's password")
    @ConfigSecuritySensitive
    public MetastoreConfig setKeyStorePassword(String keyStorePassword)
    {
        this.keyStorePassword = Optional.ofNullable(keyStorePassword);
        return this;
    }

    @Min(1)
    public int getMaxConnections()
    {
        return maxConnections;
    }

    @Config("metastore.max-connections")
    @ConfigDescription("Connections open at a time; one more takes the place of the one idle longest, or is refused")
    public MetastoreConfig setMaxConnections(int maxConnections)
    {
        this.maxConnections = maxConnections;
        return this;
    }

    @NotNull
    @MinDuration("1s")
    public Duration getIdleTimeout()
    {
        return idleTimeout;
    }

    @Config("metastore.idle-timeout")
    @ConfigDescription("After which a connection that asks nothing is closed")
    public MetastoreConfig setIdleTimeout(Duration idleTimeout)
    {
        this.idleTimeout = idleTimeout;
        return this;
    }

    @NotNull
    @MinDuration("100ms")
    public Duration getReadTimeout()
    {
        return readTimeout;
    }

    @Config("metastore.read-timeout")
    @ConfigDescription("How long a client may pause in the middle of a message")
    public MetastoreConfig setReadTimeout(Duration readTimeout)
    {
        this.readTimeout = readTimeout;
        return this;
    }

    @NotNull
    @MinDataSize("64kB")
    @MaxDataSize("1GB")
    public DataSize getMaxMessageSize()
    {
        return maxMessageSize;
    }

    @Config("metastore.max-message-size")
    @ConfigDescription("The largest message that is read")
    public MetastoreConfig setMaxMessageSize(DataSize maxMessageSize)
    {
        this.maxMessageSize = maxMessageSize;
        return this;
    }

    @NotNull
    @MinDataSize("1MB")
    public DataSize getMessageMemory()
    {
        return messageMemory;
    }

    @Config("metastore.message-memory")
    @ConfigDescription("What all messages above 64kB together may take while they are read")
    public MetastoreConfig setMessageMemory(DataSize messageMemory)
    {
        this.messageMemory = messageMemory;
        return this;
    }

    @Min(1)
    public int getMaxConcurrentCalls()
    {
        return maxConcurrentCalls;
    }

    @Config("metastore.max-concurrent-calls")
    @ConfigDescription("Calls answered at a time; others wait")
    public MetastoreConfig setMaxConcurrentCalls(int maxConcurrentCalls)
    {
        this.maxConcurrentCalls = maxConcurrentCalls;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getCallPatience()
    {
        return callPatience;
    }

    @Config("metastore.call-patience")
    @ConfigDescription("How long a call waits for others, before it is answered that the metastore is busy")
    public MetastoreConfig setCallPatience(Duration callPatience)
    {
        this.callPatience = callPatience;
        return this;
    }

    @NotNull
    @MinDuration("1s")
    public Duration getLockTimeout()
    {
        return lockTimeout;
    }

    @Config("metastore.lock-timeout")
    @ConfigDescription("After which a lock without heartbeats ends")
    public MetastoreConfig setLockTimeout(Duration lockTimeout)
    {
        this.lockTimeout = lockTimeout;
        return this;
    }

    @Min(1)
    public int getMaxLocks()
    {
        return maxLocks;
    }

    @Config("metastore.max-locks")
    @ConfigDescription("Locks held and waited for at a time")
    public MetastoreConfig setMaxLocks(int maxLocks)
    {
        this.maxLocks = maxLocks;
        return this;
    }

    @AssertTrue(message = "metastore.message-memory must not be smaller than metastore.max-message-size")
    public boolean isMemoryEnough()
    {
        return messageMemory.compareTo(maxMessageSize) >= 0;
    }
}
