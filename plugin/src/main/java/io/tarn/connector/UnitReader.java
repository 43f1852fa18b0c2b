package io.tarn.connector;

import com.google.common.collect.ImmutableList;
import io.tarn.coerce.Coercion;
import io.tarn.coerce.Coercions;
import io.tarn.format.DerivedPageSource;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileFormats;
import io.tarn.format.FileRead;
import io.tarn.format.FileSchema;
import io.tarn.format.FileSlice;
import io.tarn.scan.ScanGroup;
import io.tarn.scan.ScanPartition;
import io.tarn.scan.ScanUnit;
import io.tarn.type.HiveTypes;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.metastore.HiveType;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.Type;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.error.TarnErrorCode.TARN_SCHEMA_MISMATCH;
import static io.tarn.partition.PartitionValues.parse;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;

/**
 * Opens the units of one split: finds each column in the unit's file schema, its partition or the listing, and hands
 * the format what it can make use of.
 */
final class UnitReader
{
    private final FileFormats formats;
    private final ConnectorSession session;
    private final TrinoFileSystem fileSystem;
    private final TarnTableHandle table;
    private final ScanGroup group;
    private final List<TarnColumnHandle> columns;
    private final Supplier<TupleDomain<TarnColumnHandle>> predicate;
    private final MemoryContext memoryContext;

    /**
     * @param predicate what is known when a unit is opened; narrower for later units where a dynamic filter arrives
     */
    UnitReader(
            FileFormats formats,
            ConnectorSession session,
            TrinoFileSystem fileSystem,
            TarnTableHandle table,
            ScanGroup group,
            List<TarnColumnHandle> columns,
            Supplier<TupleDomain<TarnColumnHandle>> predicate,
            MemoryContext memoryContext)
    {
        this.formats = requireNonNull(formats, "formats is null");
        this.session = requireNonNull(session, "session is null");
        this.fileSystem = requireNonNull(fileSystem, "fileSystem is null");
        this.table = requireNonNull(table, "table is null");
        this.group = requireNonNull(group, "group is null");
        this.columns = ImmutableList.copyOf(columns);
        this.predicate = requireNonNull(predicate, "predicate is null");
        this.memoryContext = requireNonNull(memoryContext, "memoryContext is null");
    }

    /**
     * @return empty where no row of the unit can satisfy the predicate
     */
    Optional<ConnectorPageSource> open(ScanUnit unit)
    {
        ScanPartition partition = group.partitions().get(unit.partition());
        FileSchema schema = group.schemas().get(partition.schema());
        SchemaTableName tableName = table.name();
        List<NullableValue> keys = parse(tableName, TableColumns.keys(table.partitionKeys()), partition.values());

        TupleDomain<TarnColumnHandle> current = predicate.get();
        if (current.isNone() || !keysMatch(current, keys)) {
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
                filePredicate(current, schema),
                memoryContext);
        ConnectorPageSource pageSource = formats.require(schema).open(read);
        return Optional.of(new DerivedPageSource(pageSource, unitColumns.build()));
    }

    private boolean keysMatch(TupleDomain<TarnColumnHandle> current, List<NullableValue> keys)
    {
        Map<TarnColumnHandle, Domain> domains = current.getDomains().orElseThrow();
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
            case LINE -> {
                fileColumns.add(FileColumn.RAW_LINE);
                yield UnitColumn.ofChannel(fileColumns.size() - 1, Coercions.between(VARCHAR, VARCHAR, column.name()).orElseThrow());
            }
        };
    }

    private static UnitColumn constant(Type type, Object value)
    {
        Block block = writeNativeValue(type, value);
        return UnitColumn.ofConstant(block);
    }

    /**
     * The part of the predicate that the file's own statistics can be held against: on columns that the file declares
     * with the table's type.
     */
    private TupleDomain<FileColumn> filePredicate(TupleDomain<TarnColumnHandle> predicate, FileSchema schema)
    {
        Map<FileColumn, Domain> domains = new HashMap<>();
        predicate.getDomains().orElseThrow().forEach((column, domain) -> {
            if (column.kind() != TarnColumnHandle.Kind.DATA) {
                return;
            }
            int ordinal = ordinal(schema, column);
            if (ordinal < 0) {
                return;
            }
            HiveTypes.nestedType(schema.fields().get(ordinal).type(), column.path())
                    .filter(column.hiveType()::equals)
                    .ifPresent(type -> domains.put(new FileColumn(schema.fields().get(ordinal).name(), ordinal, column.path(), type, column.type()), domain));
        });
        return TupleDomain.withColumnDomains(domains);
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
}
