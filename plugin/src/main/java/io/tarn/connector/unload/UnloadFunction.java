package io.tarn.connector.unload;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.inject.Inject;
import io.airlift.slice.Slice;
import io.tarn.ddl.TableLocations;
import io.tarn.ddl.UnloadDeclaration;
import io.tarn.ddl.UnloadRequest;
import io.tarn.write.TableWrite;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.AbstractConnectorTableFunction;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ReturnTypeSpecification.DescribedTable;
import io.trino.spi.function.table.ScalarArgument;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import io.trino.spi.function.table.TableArgument;
import io.trino.spi.function.table.TableArgumentSpecification;
import io.trino.spi.function.table.TableFunctionAnalysis;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static io.airlift.slice.Slices.utf8Slice;
import static io.tarn.ddl.UnloadDeclaration.NAME;
import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.function.table.Descriptor.descriptor;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Athena's {@code UNLOAD}: writes the rows of a query to files of an empty folder, and gives a row for each file. Rows are
 * independent of each other, so each driver writes those that it has.
 */
public class UnloadFunction
        extends AbstractConnectorTableFunction
{
    static final List<Type> RESULT_TYPES = ImmutableList.of(VARCHAR, BIGINT, BIGINT);

    private static final String INPUT = "INPUT";
    private static final String LOCATION = "LOCATION";
    private static final String FORMAT = "FORMAT";
    private static final String COMPRESSION = "COMPRESSION";
    private static final String COMPRESSION_LEVEL = "COMPRESSION_LEVEL";
    private static final String FIELD_DELIMITER = "FIELD_DELIMITER";
    private static final String PARTITIONED_BY = "PARTITIONED_BY";

    private final TableLocations locations;
    private final UnloadDeclaration declaration;

    @Inject
    public UnloadFunction(TableLocations locations, UnloadDeclaration declaration)
    {
        super(NAME.getSchemaName(),
                NAME.getTableName(),
                ImmutableList.of(
                        TableArgumentSpecification.builder().name(INPUT).rowSemantics().build(),
                        ScalarArgumentSpecification.builder().name(LOCATION).type(VARCHAR).build(),
                        ScalarArgumentSpecification.builder().name(FORMAT).type(VARCHAR).defaultValue(utf8Slice("PARQUET")).build(),
                        ScalarArgumentSpecification.builder().name(COMPRESSION).type(VARCHAR).defaultValue(null).build(),
                        ScalarArgumentSpecification.builder().name(COMPRESSION_LEVEL).type(BIGINT).defaultValue(null).build(),
                        ScalarArgumentSpecification.builder().name(FIELD_DELIMITER).type(VARCHAR).defaultValue(null).build(),
                        ScalarArgumentSpecification.builder().name(PARTITIONED_BY).type(new ArrayType(VARCHAR)).defaultValue(null).build()),
                new DescribedTable(descriptor(ImmutableList.of("path", "rows", "bytes"), RESULT_TYPES)),
                "Writes rows to files of an empty folder, as Athena's UNLOAD");
        this.locations = requireNonNull(locations, "locations is null");
        this.declaration = requireNonNull(declaration, "declaration is null");
    }

    /**
     * Writes nothing: {@code EXPLAIN} comes here, too.
     */
    @Override
    public TableFunctionAnalysis analyze(
            ConnectorSession session,
            ConnectorTransactionHandle transaction,
            Map<String, Argument> arguments,
            ConnectorAccessControl accessControl)
    {
        UnloadRequest request = request(arguments);
        // what may be written where is a right to create tables, with the location that one would have
        accessControl.checkCanCreateTable(null, NAME, ImmutableMap.of("external_location", request.location()));
        Location location = locations.unload(session, request.location());
        TableWrite write = declaration.write(session, request, location);
        locations.requireEmptyForUnload(session, location, write.file());
        return TableFunctionAnalysis.builder()
                .requiredColumns(INPUT, IntStream.range(0, request.columns().size()).boxed().toList())
                .handle(new UnloadHandle(write, request.columns().stream().map(UnloadRequest.Column::type).toList()))
                .build();
    }

    private static UnloadRequest request(Map<String, Argument> arguments)
    {
        List<RowType.Field> fields = ((TableArgument) arguments.get(INPUT)).getRowType().getFields();
        return new UnloadRequest(
                fields.stream().map(field -> new UnloadRequest.Column(field.getName(), field.getType())).toList(),
                text(arguments, LOCATION).filter(location -> !location.isBlank()).orElseThrow(() -> missing(LOCATION)),
                text(arguments, FORMAT).orElseThrow(() -> missing(FORMAT)),
                text(arguments, COMPRESSION),
                value(arguments, COMPRESSION_LEVEL).map(Long.class::cast),
                text(arguments, FIELD_DELIMITER),
                value(arguments, PARTITIONED_BY).map(names -> names((Block) names)).orElse(ImmutableList.of()));
    }

    private static Optional<Object> value(Map<String, Argument> arguments, String name)
    {
        return Optional.ofNullable(((ScalarArgument) arguments.get(name)).getValue());
    }

    private static Optional<String> text(Map<String, Argument> arguments, String name)
    {
        return value(arguments, name).map(text -> ((Slice) text).toStringUtf8());
    }

    private static List<String> names(Block block)
    {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (int position = 0; position < block.getPositionCount(); position++) {
            if (block.isNull(position)) {
                throw missing(PARTITIONED_BY);
            }
            names.add(VARCHAR.getSlice(block, position).toStringUtf8());
        }
        return names.build();
    }

    private static TrinoException missing(String name)
    {
        return new TrinoException(INVALID_FUNCTION_ARGUMENT, "UNLOAD: %s is NULL or empty, but it must say something".formatted(name.toLowerCase(ENGLISH)));
    }
}
