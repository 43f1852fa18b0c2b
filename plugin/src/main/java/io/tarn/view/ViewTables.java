package io.tarn.view;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.trino.metastore.Column;
import io.trino.metastore.HiveType;
import io.trino.metastore.Table;
import io.trino.spi.NodeVersion;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.TypeManager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.metastore.HiveType.HIVE_STRING;
import static io.trino.metastore.StorageFormat.VIEW_STORAGE_FORMAT;
import static io.trino.metastore.Table.TABLE_COMMENT;
import static io.trino.metastore.TableInfo.PRESTO_VIEW_COMMENT;
import static io.trino.spi.StandardErrorCode.INVALID_VIEW_PROPERTY;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Views as entries of the catalogue, in the form in which Trino's Hive connector and Athena write and expect them.
 */
public class ViewTables
{
    private static final String VIEW_FLAG = "presto_view";
    private static final String CREATED_BY = "trino_created_by";
    private static final String VERSION = "trino_version";
    private static final String QUERY_ID = "trino_query_id";
    // limits of the Glue API, see Column and TableInput there
    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_COMMENT_LENGTH = 255;
    private static final int MAX_TEXT_LENGTH = 409_600;

    private final String trinoVersion;
    private final TypeManager typeManager;
    private final ViewText text;

    @Inject
    public ViewTables(NodeVersion trinoVersion, TypeManager typeManager, JsonCodec<ConnectorViewDefinition> codec)
    {
        this.trinoVersion = trinoVersion.toString();
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.text = new ViewText(codec);
    }

    static boolean isWrittenByTrino(Table table)
    {
        return table.getParameters().containsKey(QUERY_ID) || table.getParameters().containsKey("presto_query_id");
    }

    /**
     * @param extraProperties parameters of the entry besides those that make it a view
     * @throws TrinoException {@code INVALID_VIEW_PROPERTY} where an extra property has the name of one that makes it a view,
     *         {@code NOT_SUPPORTED} where the definition is longer than Glue keeps
     */
    Table create(SchemaTableName name, ConnectorViewDefinition definition, String queryId, Map<String, String> extraProperties)
    {
        Map<String, String> parameters = ImmutableMap.of(
                TABLE_COMMENT, PRESTO_VIEW_COMMENT,
                VIEW_FLAG, "true",
                CREATED_BY, "Tarn",
                VERSION, trinoVersion,
                QUERY_ID, queryId);
        Set<String> reserved = Sets.intersection(parameters.keySet(), extraProperties.keySet());
        if (!reserved.isEmpty()) {
            throw new TrinoException(INVALID_VIEW_PROPERTY, "extra_properties of view %s may not have %s: they say that it is a view and who made it".formatted(name, reserved));
        }
        return Table.builder()
                .setDatabaseName(name.getSchemaName())
                .setTableName(name.getTableName())
                // where Trino's Hive connector looks for it
                .setOwner(definition.getOwner())
                .setTableType("VIRTUAL_VIEW")
                .setDataColumns(columns(definition.getColumns()))
                .setPartitionColumns(List.of())
                .setParameters(ImmutableMap.<String, String>builder().putAll(parameters).putAll(extraProperties).buildOrThrow())
                .setViewOriginalText(Optional.of(encode(name, definition)))
                .setViewExpandedText(Optional.of(ViewText.EXPANDED))
                .withStorage(storage -> storage.setStorageFormat(VIEW_STORAGE_FORMAT).setLocation(""))
                .build();
    }

    /**
     * The entry with another comment, or with other columns or comments of them: all else stays as whoever made the view wrote it.
     */
    Table withComments(Table view, ConnectorViewDefinition definition)
    {
        return Table.builder(view)
                .setDataColumns(columns(definition.getColumns()))
                .setViewOriginalText(Optional.of(encode(view.getSchemaTableName(), definition)))
                .withStorage(storage -> storage.setLocation(""))
                .build();
    }

    /**
     * The definition as it is written, with the catalogue and owner that stand there.
     */
    ConnectorViewDefinition written(Table view)
    {
        return text.decode(view);
    }

    private String encode(SchemaTableName name, ConnectorViewDefinition definition)
    {
        String encoded = text.encode(definition);
        if (encoded.length() > MAX_TEXT_LENGTH) {
            throw new TrinoException(NOT_SUPPORTED, "View %s is %s characters long in the catalogue, and Glue keeps at most %s: shorten its query or its comments, or make it two views"
                    .formatted(name, encoded.length(), MAX_TEXT_LENGTH));
        }
        return encoded;
    }

    private List<Column> columns(List<ViewColumn> columns)
    {
        if (columns.stream().anyMatch(column -> column.getName().length() > MAX_NAME_LENGTH || column.getName().chars().anyMatch(Character::isISOControl))) {
            // Glue does not keep such a name; the text has them all
            return List.of(new Column("dummy", HIVE_STRING, Optional.empty(), Map.of()));
        }
        return columns.stream()
                .map(column -> new Column(
                        column.getName(),
                        // a type that Hive lacks stands in the text
                        HiveTypeNames.hiveType(typeManager.getType(column.getType())).map(HiveType::fromTypeInfo).orElse(HIVE_STRING),
                        column.getComment().filter(comment -> comment.length() <= MAX_COMMENT_LENGTH && comment.chars().noneMatch(Character::isISOControl)),
                        Map.of()))
                .collect(toImmutableList());
    }
}
