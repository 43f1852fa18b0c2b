package io.tarn.write;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.airlift.units.DataSize;
import io.trino.plugin.base.session.SessionPropertiesProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;

import java.util.List;
import java.util.Optional;

import static io.trino.plugin.base.session.PropertyMetadataUtil.dataSizeProperty;
import static io.trino.spi.session.PropertyMetadata.booleanProperty;
import static io.trino.spi.session.PropertyMetadata.enumProperty;
import static io.trino.spi.session.PropertyMetadata.integerProperty;
import static io.trino.spi.session.PropertyMetadata.stringProperty;

public class WriteSessionProperties
        implements SessionPropertiesProvider
{
    private static final String TARGET_MAX_FILE_SIZE = "target_max_file_size";
    private static final String MAX_OPEN_PARTITIONS = "max_open_partitions";
    private static final String INSERT_EXISTING_PARTITIONS_BEHAVIOR = "insert_existing_partitions_behavior";
    private static final String COMPRESSION_CODEC = "compression_codec";
    private static final String SCALE_WRITERS = "scale_writers";

    private final List<PropertyMetadata<?>> properties;

    @Inject
    public WriteSessionProperties(WriteConfig config)
    {
        properties = ImmutableList.of(
                dataSizeProperty(
                        TARGET_MAX_FILE_SIZE,
                        "About how large a written file becomes before the next is begun",
                        config.getTargetMaxFileSize(),
                        false),
                integerProperty(
                        MAX_OPEN_PARTITIONS,
                        "Partitions that one writer of a statement may write",
                        config.getMaxOpenPartitions(),
                        false),
                enumProperty(
                        INSERT_EXISTING_PARTITIONS_BEHAVIOR,
                        "What an insert does where a partition has rows already",
                        ExistingPartitions.class,
                        config.getInsertExistingPartitionsBehavior(),
                        false),
                stringProperty(
                        COMPRESSION_CODEC,
                        "Codec of written files where the table names none; empty for the format's own",
                        "",
                        false),
                booleanProperty(
                        SCALE_WRITERS,
                        "Begin with one writer, and add others as data comes",
                        config.isScaleWriters(),
                        false));
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return properties;
    }

    static DataSize targetMaxFileSize(ConnectorSession session)
    {
        return session.getProperty(TARGET_MAX_FILE_SIZE, DataSize.class);
    }

    static int maxOpenPartitions(ConnectorSession session)
    {
        return session.getProperty(MAX_OPEN_PARTITIONS, Integer.class);
    }

    public static ExistingPartitions existingPartitions(ConnectorSession session)
    {
        return session.getProperty(INSERT_EXISTING_PARTITIONS_BEHAVIOR, ExistingPartitions.class);
    }

    public static Optional<String> compressionCodec(ConnectorSession session)
    {
        return Optional.of(session.getProperty(COMPRESSION_CODEC, String.class)).filter(codec -> !codec.isEmpty());
    }

    public static boolean isScaleWriters(ConnectorSession session)
    {
        return session.getProperty(SCALE_WRITERS, Boolean.class);
    }
}
