package io.tarn.connector.system;

import com.google.common.collect.ImmutableList;
import io.tarn.format.FileStatistics;
import io.tarn.scan.TableFile;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Optional;

import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.RowType.field;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;

/**
 * The columns of {@code "t$files"}, in their order. The first ones come from the listing, those from {@link #ROWS} on
 * from the file itself.
 */
enum FilesColumn
{
    PATH(VARCHAR, "The file"),
    PARTITION(VARCHAR, "The name of its partition; null in a table without partitions"),
    SIZE(BIGINT, "Its bytes"),
    MODIFIED(TIMESTAMP_TZ_MILLIS, "When it was last modified"),
    ROWS(BIGINT, "Its rows; null, as what follows, where its format does not tell"),
    ROW_GROUPS(BIGINT, "Its row groups or stripes"),
    CODEC(VARCHAR, "How its columns are compressed"),
    COLUMNS(new ArrayType(RowType.from(ImmutableList.of(field("name", VARCHAR), field("min", VARCHAR), field("max", VARCHAR), field("nulls", BIGINT)))),
            "What it says of each of its columns that the user may select"),
    ERROR(VARCHAR, "Why the file cannot be understood"),
    /**/;

    static final List<FilesColumn> ALL = ImmutableList.copyOf(values());

    private final Type type;
    private final String comment;

    FilesColumn(Type type, String comment)
    {
        this.type = type;
        this.comment = comment;
    }

    Type type()
    {
        return type;
    }

    boolean isFromFooter()
    {
        return compareTo(ROWS) >= 0;
    }

    ColumnMetadata metadata()
    {
        return CoordinatorTable.column(name().toLowerCase(ENGLISH), type, Optional.of(comment));
    }

    void write(BlockBuilder builder, TableFile file)
    {
        switch (this) {
            case PATH -> VARCHAR.writeSlice(builder, utf8Slice(file.file().location().toString()));
            case PARTITION -> writeText(builder, Optional.of(file.partition()).filter(name -> !name.isEmpty()));
            case SIZE -> BIGINT.writeLong(builder, file.file().length());
            case MODIFIED -> TIMESTAMP_TZ_MILLIS.writeLong(builder, packDateTimeWithZone(file.file().modified().toEpochMilli(), UTC_KEY));
            case ROWS, ROW_GROUPS, CODEC, COLUMNS, ERROR -> throw new IllegalArgumentException(this + " is not in the listing");
        }
    }

    void write(BlockBuilder builder, FileDescription description)
    {
        switch (this) {
            case PATH, PARTITION, SIZE, MODIFIED -> throw new IllegalArgumentException(this + " is not in the file");
            case ROWS -> writeNumber(builder, description.statistics().map(FileStatistics::rows));
            case ROW_GROUPS -> writeNumber(builder, description.statistics().map(statistics -> (long) statistics.rowGroups().size()));
            case CODEC -> writeText(builder, description.statistics().map(FileStatistics::codecs).filter(codecs -> !codecs.isEmpty()).map(codecs -> String.join(",", codecs)));
            case COLUMNS -> description.statistics().ifPresentOrElse(_ -> writeColumns((ArrayBlockBuilder) builder, description.columns()), builder::appendNull);
            case ERROR -> writeText(builder, description.error());
        }
    }

    private static void writeColumns(ArrayBlockBuilder builder, List<ColumnDetails> columns)
    {
        builder.buildEntry(rows -> {
            for (ColumnDetails column : columns) {
                ((RowBlockBuilder) rows).buildEntry(fields -> {
                    VARCHAR.writeSlice(fields.get(0), utf8Slice(column.name()));
                    writeText(fields.get(1), column.min());
                    writeText(fields.get(2), column.max());
                    writeNumber(fields.get(3), column.nulls().isPresent() ? Optional.of(column.nulls().getAsLong()) : Optional.empty());
                });
            }
        });
    }

    private static void writeText(BlockBuilder builder, Optional<String> text)
    {
        text.ifPresentOrElse(value -> VARCHAR.writeSlice(builder, utf8Slice(value)), builder::appendNull);
    }

    private static void writeNumber(BlockBuilder builder, Optional<Long> number)
    {
        number.ifPresentOrElse(value -> BIGINT.writeLong(builder, value), builder::appendNull);
    }
}
