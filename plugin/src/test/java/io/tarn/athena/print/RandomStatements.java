package io.tarn.athena.print;

import io.tarn.athena.statement.AddColumns;
import io.tarn.athena.statement.AddPartitions;
import io.tarn.athena.statement.AlterDatabaseProperties;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.Bucketing.SortColumn;
import io.tarn.athena.statement.ChangeColumn;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.ColumnPosition;
import io.tarn.athena.statement.CreateDatabase;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.DataType;
import io.tarn.athena.statement.DataType.Primitive;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.DescribeTable;
import io.tarn.athena.statement.DescribeTable.Detail;
import io.tarn.athena.statement.DescribeView;
import io.tarn.athena.statement.DropColumn;
import io.tarn.athena.statement.DropDatabase;
import io.tarn.athena.statement.DropPartitions;
import io.tarn.athena.statement.DropTable;
import io.tarn.athena.statement.DropView;
import io.tarn.athena.statement.OptimizeTable;
import io.tarn.athena.statement.PartitionCondition;
import io.tarn.athena.statement.PartitionCondition.Operator;
import io.tarn.athena.statement.PartitionLocation;
import io.tarn.athena.statement.PartitionTransform;
import io.tarn.athena.statement.PartitionValue;
import io.tarn.athena.statement.QueryStatement;
import io.tarn.athena.statement.RefusedKind;
import io.tarn.athena.statement.RefusedStatement;
import io.tarn.athena.statement.RenamePartition;
import io.tarn.athena.statement.RenameTable;
import io.tarn.athena.statement.RepairTable;
import io.tarn.athena.statement.ReplaceColumns;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.SetLocation;
import io.tarn.athena.statement.SetTableProperties;
import io.tarn.athena.statement.ShowColumns;
import io.tarn.athena.statement.ShowCreateTable;
import io.tarn.athena.statement.ShowCreateView;
import io.tarn.athena.statement.ShowDatabases;
import io.tarn.athena.statement.ShowPartitions;
import io.tarn.athena.statement.ShowTableProperties;
import io.tarn.athena.statement.ShowTables;
import io.tarn.athena.statement.ShowViews;
import io.tarn.athena.statement.StorageFormat;
import io.tarn.athena.statement.TableName;
import io.tarn.athena.statement.UnsetTableProperties;
import io.tarn.athena.statement.VacuumTable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Statements of every kind, with names and texts that are hard to write.
 */
public final class RandomStatements
{
    private static final String[] WORDS = {
            "id", "event_name", "date", "timestamp", "location", "select", "as", "partition", "table", "if", "exists", "_year", "2024", "1st", "struct", "array",
            "with", "comment", "extended", "view", "a b", "we`ird", "quo\"ted", "it's", "back\\slash", "semi;colon", "--", "/*", "\u00fcber", "\u65e5\u4ed8", "\uD83D\uDE00", "$x", "a-b",
    };
    private static final String[] TEXTS = {
            "", "s3://bucket/key/", "'", "\"", "\\", "\\\\", "\\'", "\n", "\t\r\0\u0001\u007f\u0085", "\\%\\_%_", "\\001", "\\u0041", "${year}/", ";", "--", "/*", "`", "\u00e9\uD83D\uDE00",
            "([^ ]*) \\[(.*?)\\] \"([^\"]*)\"", "1", "true", "NULL",
    };
    private static final String[] PRIMITIVES = {"boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string", "binary", "date", "timestamp"};

    private final Random random;

    public RandomStatements(long seed)
    {
        this.random = new Random(seed);
    }

    public AthenaStatement next()
    {
        return pick(List.<Supplier<AthenaStatement>>of(
                () -> new CreateDatabase(database(), random.nextBoolean(), maybe(this::text), maybe(this::text), properties(0)),
                () -> new AlterDatabaseProperties(database(), properties(1)),
                () -> new DropDatabase(database(), random.nextBoolean(), random.nextBoolean()),
                this::createTable,
                this::createTable,
                this::createTable,
                () -> new DropTable(table(), random.nextBoolean(), random.nextBoolean()),
                () -> new DropView(table(), random.nextBoolean()),
                () -> new RenameTable(table(), table()),
                () -> new AddColumns(table(), partition(0), columns(1)),
                () -> new ReplaceColumns(table(), partition(0), columns(1)),
                () -> new ChangeColumn(table(), name(), column(), maybe(() -> new ColumnPosition(maybe(this::name)))),
                () -> new DropColumn(table(), name()),
                () -> new SetLocation(table(), partition(0), text()),
                () -> new SetTableProperties(table(), properties(1)),
                () -> new UnsetTableProperties(table(), random.nextBoolean(), many(1, this::text)),
                () -> new OptimizeTable(table(), maybe(() -> pick(List.of("a = 1", "b = '\\' AND \"c\" = ';'", "d IN (1, /* two */ 2)")))),
                () -> new VacuumTable(table()),
                () -> new AddPartitions(table(), random.nextBoolean(), many(1, () -> new PartitionLocation(partition(1), maybe(this::text)))),
                () -> new DropPartitions(table(), random.nextBoolean(), many(1, () -> many(1, this::condition))),
                () -> new RenamePartition(table(), partition(1), partition(1)),
                () -> new RepairTable(table()),
                () -> new ShowDatabases(maybe(this::text)),
                () -> new ShowTables(maybe(this::database), maybe(this::text)),
                () -> new ShowViews(maybe(this::database), maybe(this::text)),
                () -> new ShowColumns(table()),
                () -> new ShowPartitions(table(), partition(0)),
                () -> new ShowTableProperties(table(), maybe(this::text)),
                () -> new ShowCreateTable(table()),
                () -> new ShowCreateView(table()),
                () -> new DescribeTable(table(), pick(List.of(Detail.values())), partition(0), path()),
                () -> new DescribeView(table()),
                () -> new QueryStatement(QueryStatement.Kind.SELECT, "SELECT '\\', \"" + pick(List.of("a", "b")) + "\""),
                () -> new RefusedStatement(RefusedKind.ALTER_TABLE_TOUCH, "ALTER TABLE " + pick(List.of("a", "`b`.c")) + " TOUCH")))
                .get();
    }

    private CreateTable createTable()
    {
        boolean transforms = random.nextBoolean();
        return new CreateTable(
                table(),
                random.nextBoolean(),
                random.nextBoolean(),
                columns(0),
                maybe(this::text),
                transforms ? List.of() : columns(0),
                transforms ? many(0, this::transform) : List.of(),
                maybe(() -> new Bucketing(many(1, this::name), many(0, () -> new SortColumn(name(), random.nextBoolean())), 1 + random.nextInt(256))),
                maybe(this::rowFormat),
                properties(0),
                maybe(() -> random.nextBoolean() ? new StorageFormat.Named(pick(List.of("PARQUET", "textfile", "ION"))) : new StorageFormat.Classes(text(), text())),
                maybe(this::text),
                properties(0));
    }

    private RowFormat rowFormat()
    {
        if (random.nextBoolean()) {
            return new RowFormat.Serde(text());
        }
        return new RowFormat.Delimited(maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text));
    }

    private PartitionTransform transform()
    {
        PartitionTransform.Kind kind = pick(List.of(PartitionTransform.Kind.values()));
        return new PartitionTransform(kind, name(), kind.hasArgument() ? OptionalInt.of(1 + random.nextInt(100)) : OptionalInt.empty());
    }

    private PartitionCondition condition()
    {
        return new PartitionCondition(name(), pick(List.of(Operator.values())), text());
    }

    private List<PartitionValue> partition(int least)
    {
        return many(least, () -> new PartitionValue(name(), text()));
    }

    private List<String> path()
    {
        if (random.nextBoolean()) {
            return List.of();
        }
        List<String> below = many(0, () -> random.nextBoolean() ? name() : pick(List.of("$elem$", "$key$", "$value$")));
        return Stream.concat(Stream.of(name()), below.stream()).toList();
    }

    private List<ColumnDefinition> columns(int least)
    {
        return many(least, this::column);
    }

    private ColumnDefinition column()
    {
        return new ColumnDefinition(name(), type(0), maybe(this::text));
    }

    private DataType type(int depth)
    {
        int kind = random.nextInt(depth > 4 ? 4 : 8);
        return switch (kind) {
            case 4, 5 -> new DataType.Array(type(depth + 1));
            case 6 -> new DataType.Map(primitive(), type(depth + 1));
            case 7 -> new DataType.Struct(many(1, () -> new DataType.Field(random.nextBoolean() ? name() : "camelCase", type(depth + 1), maybe(this::text))));
            default -> primitive();
        };
    }

    private Primitive primitive()
    {
        return switch (random.nextInt(6)) {
            case 0 -> new Primitive("varchar", List.of(1 + random.nextInt(65535)));
            case 1 -> new Primitive("char", List.of(1 + random.nextInt(255)));
            case 2 -> {
                int precision = 1 + random.nextInt(38);
                yield new Primitive("decimal", List.of(precision, random.nextInt(precision + 1)));
            }
            default -> Primitive.of(pick(List.of(PRIMITIVES)));
        };
    }

    private Map<String, String> properties(int least)
    {
        Map<String, String> properties = new LinkedHashMap<>();
        int count = least + random.nextInt(3);
        for (int index = 0; index < count; index++) {
            properties.put(text() + index, text());
        }
        return properties;
    }

    private TableName table()
    {
        Optional<DatabaseName> database = maybe(this::database);
        return new TableName(database, database.isPresent() && random.nextInt(8) == 0 ? "dotted.name" : name());
    }

    private DatabaseName database()
    {
        return new DatabaseName(maybe(this::name), name());
    }

    private String name()
    {
        String name = pick(List.of(WORDS));
        return random.nextInt(4) == 0 ? name + random.nextInt(100) : name;
    }

    private String text()
    {
        String text = pick(List.of(TEXTS));
        return random.nextInt(3) == 0 ? text + pick(List.of(TEXTS)) : text;
    }

    private <T> Optional<T> maybe(Supplier<T> value)
    {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> many(int least, Supplier<T> value)
    {
        return Stream.generate(value).limit(least + random.nextInt(4)).toList();
    }

    private <T> T pick(List<T> values)
    {
        return values.get(random.nextInt(values.size()));
    }
}
