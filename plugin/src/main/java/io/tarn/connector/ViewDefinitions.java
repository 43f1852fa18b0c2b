package io.tarn.connector;

import com.google.inject.Inject;
import io.airlift.json.JsonCodec;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.SchemaTableName;

import java.util.Base64;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_VIEW;
import static java.util.Objects.requireNonNull;

/**
 * Views in the catalogue, as Trino and Athena keep them: the definition as JSON, in Base64, in a comment.
 */
public class ViewDefinitions
{
    private static final String PREFIX = "/* Presto View: ";
    private static final String SUFFIX = " */";
    // Athena's name for the Glue catalogue, whatever it is called here
    private static final String ATHENA_CATALOG = "awsdatacatalog";

    private final CatalogName catalogName;
    private final JsonCodec<ConnectorViewDefinition> codec;

    @Inject
    public ViewDefinitions(CatalogName catalogName, JsonCodec<ConnectorViewDefinition> codec)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.codec = requireNonNull(codec, "codec is null");
    }

    static boolean isView(Table table)
    {
        return table.getTableType().equals("VIRTUAL_VIEW");
    }

    /**
     * The definition of a view. One without an owner, as Athena writes them, runs with the rights of who asks; one
     * that was written against {@code awsdatacatalog} reads this catalogue.
     *
     * @throws TrinoException {@code TARN_INVALID_VIEW} where the text is none that Trino or Athena writes
     */
    ConnectorViewDefinition definition(Table table)
    {
        SchemaTableName name = table.getSchemaTableName();
        String text = table.getViewOriginalText()
                .orElseThrow(() -> new TrinoException(TARN_INVALID_VIEW, "View %s has no text in the catalogue. Create it anew.".formatted(name))).trim();
        if (!text.startsWith(PREFIX) || !text.endsWith(SUFFIX)) {
            throw new TrinoException(TARN_INVALID_VIEW, "View %s is written in Hive's dialect, which Tarn does not read. Create it anew with Trino or Athena.".formatted(name));
        }
        ConnectorViewDefinition stored;
        try {
            stored = codec.fromJson(Base64.getDecoder().decode(text.substring(PREFIX.length(), text.length() - SUFFIX.length()).trim()));
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_INVALID_VIEW, "The definition of view %s cannot be decoded: %s. Create it anew with Trino or Athena.".formatted(name, e.getMessage()), e);
        }
        // what stands as the table's owner is who called Glue: no identity of this cluster
        Optional<String> owner = stored.isRunAsInvoker() ? Optional.empty() : stored.getOwner();
        return new ConnectorViewDefinition(
                stored.getOriginalSql(),
                stored.getCatalog().map(catalog -> catalog.equalsIgnoreCase(ATHENA_CATALOG) ? catalogName.toString() : catalog),
                stored.getSchema(),
                stored.getColumns(),
                stored.getComment(),
                owner,
                owner.isEmpty(),
                stored.getPath());
    }
}
