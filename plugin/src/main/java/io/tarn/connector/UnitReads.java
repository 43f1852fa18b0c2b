package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.coerce.Coercion;
import io.tarn.coerce.Coercions;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.format.ReadLimit;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanPartition;
import io.tarn.scan.ScanUnit;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveType;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.partition.PartitionValues.parse;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Turns the units of a group into reads of their files: finds each column in the unit's file schema, its partition or
 * the listing, and hands the format what it can make use of.
 */
final class UnitReads
{
    private final FileFormats formats;
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final TarnTableHandle table;
    private final ScanGroup group;
    private final List<TarnColumnHandle> columns;
    private final MemoryContext memoryContext;

    UnitReads(
            FileFormats formats,
            ConnectorSession session,
            TrinoFileSystem fileSystem,
            TarnTableHandle table,
            ScanGroup group,
            List<TarnColumnHandle> columns,
            MemoryContext memoryContext)
    {
        this.formats = requireNonNull(formats, "formats is null");
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.table = requireNonNull(table, "table is null");
        this.group = requireNonNull(group, "group is null");
        this.columns = ImmutableList.copyOf(columns);
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
    }

    /**
     * @param predicate what is known of the rows that are needed
     * @return empty where no row of the unit can satisfy the predicate
     * @throws TrinoException where a column or a partition value cannot be read as it is declared
     */
    Optional<UnitRead> resolve(ScanUnit unit, TupleDomain<TarnColumnHandle> predicate, Optional<ReadLimit> limit)
    {
        ScanPartition partition = group.partitions().get(unit.partition());
        FileSchema schema = group.schemas().get(partition.schema());
        List<NullableValue> keys = parse(table.name(), TableColumns.keys(table.partitionKeys()), partition.values());
        if (predicate.isNone() || !keysMatch(predicate, keys)) {
            return Optional.empty();
        }

        List<FileColumn> fileColumns = new ArrayList<>();
        ImmutableList.Builder<UnitColumn> unitColumns = ImmutableList.builder();
        for (TarnColumnHandle column : columns) {
            unitColumns.add(switch (column.kind()) {
                case DATA -> dataColumn(column, schema, partition, unit, fileColumns);
                case PARTITION_KEY -> {
                    NullableValue key = keys.get(table.partitionKeys().indexOf(column));
                    yield UnitColumn.ofConstant(writeNativeValue(column.type(), key.getValue()));
                }
                case HIDDEN -> hiddenColumn(column, partition, unit, fileColumns);
            });
        }
        FileRead read = new FileRead(
                session,
                fileSystem,
                new FileSlice(Location.of(unit.location()), unit.start(), unit.length(), unit.fileLength(), Instant.ofEpochMilli(unit.modified())),
                schema,
                fileColumns,
                filePredicate(predicate, schema),
                limit,
                memoryContext);
        return Optional.of(new UnitRead(formats.require(schema), read, unitColumns.build()));
    }

    /**
     * Those of the columns that the unit's file declares with the table's type, so that a filter on them could be held
     * against the file's own statistics.
     */
    Set<FileColumn> fileColumns(ScanUnit unit, Collection<TarnColumnHandle> columns)
    {
        FileSchema schema = group.schemas().get(group.partitions().get(unit.partition()).schema());
        ImmutableSet.Builder<FileColumn> fileColumns = ImmutableSet.builder();
        columns.forEach(column -> fileColumn(column, schema).ifPresent(fileColumns::add));
        return fileColumns.build();
    }

    private boolean keysMatch(TupleDomain<TarnColumnHandle> predicate, List<NullableValue> keys)
    {
        Map<TarnColumnHandle, Domain> domains = predicate.getDomains().orElseThrow();
        for (int i = 0; i < keys.size(); i++) {
            Domain domain = domains.get(table.partitionKeys().get(i));
            if (domain != null && !domain.includesNullableValue(keys.get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    private UnitColumn dataColumn(TarnColumnHandle column, FileSchema schema, ScanPartition partition, ScanUnit unit, List<FileColumn> fileColumns)
    {
        int ordinal = ordinal(schema, column);
        Optional<HiveType> declared = ordinal < 0 ? Optional.empty() : HiveTypes.nestedType(schema.fields().get(ordinal).type(), column.path());
        if (declared.isEmpty()) {
            return UnitColumn.ofConstant(writeNativeValue(column.type(), null));
        }
        Coercion coercion = HiveTypes.trinoType(declared.get())
                .flatMap(type -> Coercions.between(type, column.type(), "column '%s' of %s".formatted(column.qualifiedName(), unit.location())))
                .orElseThrow(() -> new TrinoException(TARN_SCHEMA_MISMATCH, "Column '%s' of table %s is of type %s, but partition '%s' declares it as %s, which cannot be read so. Correct the column's type in the table or in the partition."
                        .formatted(column.qualifiedName(), table.name(), column.hiveType(), partition.name(), declared.get())));
        fileColumns.add(new FileColumn(schema.fields().get(ordinal).name(), ordinal, column.path(), declared.get(), coercion.from()));
        return UnitColumn.ofChannel(fileColumns.size() - 1, coercion);
    }

    private static UnitColumn hiddenColumn(TarnColumnHandle column, ScanPartition partition, ScanUnit unit, List<FileColumn> fileColumns)
    {
        return switch (HiddenColumn.of(column)) {
            case PATH -> constant(VARCHAR, utf8Slice(unit.location()));
            case FILE_SIZE -> constant(BIGINT, unit.fileLength());
            case FILE_MODIFIED_TIME -> constant(column.type(), packDateTimeWithZone(unit.modified(), UTC_KEY));
            case PARTITION -> constant(VARCHAR, partition.name().isEmpty() ? null : utf8Slice(partition.name()));
            case BUCKET -> constant(INTEGER, unit.bucket().isPresent() ? (Object) (long) unit.bucket().getAsInt() : null);
            case LINE -> recordColumn(FileColumn.RAW_LINE, fileColumns);
            case EXTRA -> recordColumn(FileColumn.EXTRA, fileColumns);
        };
    }

    private static UnitColumn recordColumn(FileColumn column, List<FileColumn> fileColumns)
    {
        fileColumns.add(column);
        return UnitColumn.ofChannel(fileColumns.size() - 1, Coercions.between(VARCHAR, VARCHAR, column.name()).orElseThrow());
    }

    private static UnitColumn constant(Type type, Object value)
    {
        Block block = writeNativeValue(type, value);
        return UnitColumn.ofConstant(block);
    }

    /**
     * The part of the predicate that the file's own statistics can be held against.
     */
    private TupleDomain<FileColumn> filePredicate(TupleDomain<TarnColumnHandle> predicate, FileSchema schema)
    {
        Map<FileColumn, Domain> domains = new HashMap<>();
        predicate.getDomains().orElseThrow()
                .forEach((column, domain) -> fileColumn(column, schema).ifPresent(fileColumn -> domains.put(fileColumn, domain)));
        return TupleDomain.withColumnDomains(domains);
    }

    private Optional<FileColumn> fileColumn(TarnColumnHandle column, FileSchema schema)
    {
        int ordinal = column.kind() == TarnColumnHandle.Kind.DATA ? ordinal(schema, column) : -1;
        if (ordinal < 0) {
            return Optional.empty();
        }
        FileField field = schema.fields().get(ordinal);
        return HiveTypes.nestedType(field.type(), column.path())
                .filter(column.hiveType()::equals)
                .map(type -> new FileColumn(field.name(), ordinal, column.path(), type, column.type()));
    }

    private int ordinal(FileSchema schema, TarnColumnHandle column)
    {
        if (formats.require(schema).byPosition(schema)) {
            return column.ordinal() < schema.fields().size() ? column.ordinal() : -1;
        }
        for (int i = 0; i < schema.fields().size(); i++) {
            FileField field = schema.fields().get(i);
            if (field.name().equalsIgnoreCase(column.name())) {
                return i;
            }
        }
        return -1;
    }

    /**
     * @param columns where the values of the group's columns come from
     */
    record UnitRead(FileFormat format, FileRead read, List<UnitColumn> columns)
    {
        UnitRead
        {
            requireNonNull(format, "format is null");
            requireNonNull(read, "read is null");
            columns = ImmutableList.copyOf(columns);
        }
    }
}
