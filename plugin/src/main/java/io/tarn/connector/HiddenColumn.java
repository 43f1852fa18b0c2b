package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.connector.TarnColumnHandle.Kind;
import io.trino.metastore.HiveType;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.Type;

import java.util.Arrays;

import static io.trino.metastore.HiveType.HIVE_INT;
import static io.trino.metastore.HiveType.HIVE_LONG;
import static io.trino.metastore.HiveType.HIVE_STRING;
import static io.trino.metastore.HiveType.HIVE_TIMESTAMP;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;

/**
 * Columns that {@code SELECT *} leaves out. Every table has them, but for {@link #BUCKET}.
 */
enum HiddenColumn
{
    /**
     * The file that a row comes from.
     */
    PATH("$path", HIVE_STRING, VARCHAR),
    /**
     * That file's bytes.
     */
    FILE_SIZE("$file_size", HIVE_LONG, BIGINT),
    /**
     * When that file was last modified.
     */
    FILE_MODIFIED_TIME("$file_modified_time", HIVE_TIMESTAMP, TIMESTAMP_TZ_MILLIS),
    /**
     * The row's partition, as {@code key=value/…}.
     */
    PARTITION("$partition", HIVE_STRING, VARCHAR),
    /**
     * The row's bucket, as the name of its file tells it; NULL where it tells none. Of bucketed tables.
     */
    BUCKET("$bucket", HIVE_INT, INTEGER),
    /**
     * The row's line as it stands in a file of JSON, CSV or text.
     */
    LINE("$line", HIVE_STRING, VARCHAR),
    /**
     * The attributes of the row's line in a file of JSON that no column claims, as an object; NULL where there are none.
     */
    EXTRA("$extra", HIVE_STRING, VARCHAR),
    /**/;

    private final TarnColumnHandle handle;

    HiddenColumn(String name, HiveType hiveType, Type type)
    {
        handle = new TarnColumnHandle(Kind.HIDDEN, name, -1, ImmutableList.of(), hiveType, type);
    }

    TarnColumnHandle handle()
    {
        return handle;
    }

    ColumnMetadata metadata()
    {
        return ColumnMetadata.builder().setName(handle.name()).setType(handle.type()).setHidden(true).build();
    }

    static HiddenColumn of(TarnColumnHandle column)
    {
        return Arrays.stream(values())
                .filter(hidden -> hidden.handle.equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no hidden column: " + column));
    }
}
