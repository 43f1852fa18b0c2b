package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.Duration;
import io.tarn.athena.dialect.DialectMode;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;

import static io.trino.plugin.base.session.PropertyMetadataUtil.durationProperty;
import static io.trino.spi.StandardErrorCode.INVALID_SESSION_PROPERTY;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.stringProperty;

public class TarnSessionProperties
        implements SessionPropertiesProvider
{
    private static final String DYNAMIC_FILTERING_WAIT_TIMEOUT = "dynamic_filtering_wait_timeout";
    private static final String PROJECTION_PUSHDOWN_ENABLED = "projection_pushdown_enabled";
    private static final String BUCKET_EXECUTION_ENABLED = "bucket_execution_enabled";
    private static final String VALIDATE_BUCKETING = "validate_bucketing";
    private static final String WORKGROUP = "workgroup";
    private static final String DRY_RUN = "dry_run";
    private static final String DIALECT = "dialect";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public TarnSessionProperties(TarnConfig config)
    {
        properties = ImmutableList.of(
                durationProperty(
                        DYNAMIC_FILTERING_WAIT_TIMEOUT,
                        "How long a scan waits for the other side of a join to say what it needs",
                        config.getDynamicFilteringWaitTimeout(),
                        false),
                booleanProperty(
                        PROJECTION_PUSHDOWN_ENABLED,
                        "Read only the nested fields that are asked for",
                        true,
                        false),
                booleanProperty(
                        BUCKET_EXECUTION_ENABLED,
                        "Read only those buckets that can hold the rows that are asked for",
                        config.isBucketExecutionEnabled(),
                        false),
                booleanProperty(
                        VALIDATE_BUCKETING,
                        "Fail where a file of one bucket holds rows of another",
                        true,
                        false),
                stringProperty(
                        WORKGROUP,
                        "The workgroup whose limits and budgets hold; empty leaves the choice to the cluster's policy",
                        "",
                        false),
                booleanProperty(
                        DRY_RUN,
                        "Do not read: fail with what the query would scan and cost",
                        false,
                        false),
                // read by what stands before the engine; here it is only made known and checked
                stringProperty(
                        DIALECT,
                        "Whose reading of a statement wins: auto (what Trino takes is Trino's, the rest may be Athena's), athena or trino; only where a door for Athena's statements stands before Trino",
                        config.getDialect().text(),
                        TarnSessionProperties::requireDialect,
                        false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    private static void requireDialect(String value)
    {
        if (DialectMode.of(value).isEmpty()) {
            throw new TrinoException(INVALID_SESSION_PROPERTY, "dialect is %s: it is auto, athena or trino".formatted(value));
        }
    }

    static Duration dynamicFilteringWaitTimeout(ConnectorSession session)
    {
        return session.getProperty(DYNAMIC_FILTERING_WAIT_TIMEOUT, Duration.class);
    }

    static boolean isProjectionPushdownEnabled(ConnectorSession session)
    {
        return session.getProperty(PROJECTION_PUSHDOWN_ENABLED, Boolean.class);
    }

    static boolean isBucketExecutionEnabled(ConnectorSession session)
    {
        return session.getProperty(BUCKET_EXECUTION_ENABLED, Boolean.class);
    }

    static boolean isValidateBucketing(ConnectorSession session)
    {
        return session.getProperty(VALIDATE_BUCKETING, Boolean.class);
    }

    static boolean isDryRun(ConnectorSession session)
    {
        return session.getProperty(DRY_RUN, Boolean.class);
    }

    static Optional<String> workgroup(ConnectorSession session)
    {
        return Optional.of(session.getProperty(WORKGROUP, String.class)).filter(name -> !name.isEmpty());
    }
}
