package io.tarn.quota.ledger;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;

import java.util.Optional;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.SECONDS;

public class LedgerConfig
{
    private String url = "jdbc:sqlite:var/quota-ledger.db";
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Duration retention = new Duration(400, DAYS);
    private Duration lease = new Duration(30, SECONDS);

    @NotNull
    public String getUrl()
    {
        return url;
    }

    @Config("quota.ledger.url")
    @ConfigDescription("JDBC URL of the ledger: jdbc:sqlite:<file>, or jdbc:postgresql://<host>/<database> where several coordinators share budgets")
    public LedgerConfig setUrl(String url)
    {
        this.url = url;
        return this;
    }

    public Optional<String> getUser()
    {
        return user;
    }

    @Config("quota.ledger.user")
    @ConfigDescription("User of the PostgreSQL database")
    public LedgerConfig setUser(String user)
    {
        this.user = Optional.ofNullable(user);
        return this;
    }

    public Optional<String> getPassword()
    {
        return password;
    }

    @Config("quota.ledger.password")
    @ConfigDescription("Password of the PostgreSQL database")
    @ConfigSecuritySensitive
    public LedgerConfig setPassword(String password)
    {
        this.password = Optional.ofNullable(password);
        return this;
    }

    @NotNull
    @MinDuration("1d")
    public Duration getRetention()
    {
        return retention;
    }

    @Config("quota.ledger.retention")
    @ConfigDescription("How long ended queries and past budgets are kept")
    public LedgerConfig setRetention(Duration retention)
    {
        this.retention = retention;
        return this;
    }

    @NotNull
    @MinDuration("1s")
    public Duration getLease()
    {
        return lease;
    }

    @Config("quota.ledger.lease")
    @ConfigDescription("A coordinator that has not been heard of for this long is taken for dead, and its running queries are charged with what they had reserved")
    public LedgerConfig setLease(Duration lease)
    {
        this.lease = lease;
        return this;
    }
}
