package io.tarn.view;

import io.airlift.json.JsonCodec;
import io.trino.metastore.Table;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorViewDefinition;

import java.util.Base64;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_VIEW;
import static java.util.Objects.requireNonNull;

/**
 * The text of a view as Trino and Athena keep it: the definition as JSON, in Base64, in a comment.
 */
final class ViewText
{
    /**
     * What Trino and Athena give as the expanded text of each view.
     */
    static final String EXPANDED = "/* Presto View */";

    private static final String PREFIX = "/* Presto View: ";
    private static final String SUFFIX = " */";

    private final JsonCodec<ConnectorViewDefinition> codec;

    ViewText(JsonCodec<ConnectorViewDefinition> codec)
    {
        this.codec = requireNonNull(codec, "codec is null");
    }

    /**
     * Whether a view is written by Trino or Athena, by its text: not every tool keeps the parameters that say so too.
     */
    static boolean isTrinoView(Table table)
    {
        return table.getViewOriginalText().map(String::trim).filter(text -> text.startsWith(PREFIX)).isPresent();
    }

    String encode(ConnectorViewDefinition definition)
    {
        return PREFIX + Base64.getEncoder().encodeToString(codec.toJsonBytes(definition)) + SUFFIX;
    }

    /**
     * @throws TrinoException {@code TARN_INVALID_VIEW} where the text is none that Trino or Athena writes
     */
    ConnectorViewDefinition decode(Table table)
    {
        String text = table.getViewOriginalText().orElseThrow().trim();
        try {
            if (!text.endsWith(SUFFIX)) {
                throw new IllegalArgumentException("it is cut off");
            }
            ConnectorViewDefinition definition = codec.fromJson(Base64.getDecoder().decode(text.substring(PREFIX.length(), text.length() - SUFFIX.length()).trim()));
            if (definition == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return definition;
        }
        catch (IllegalArgumentException e) {
            throw new TrinoException(TARN_INVALID_VIEW, "The definition of view %s cannot be decoded: %s. Create it anew with Trino or Athena.".formatted(table.getSchemaTableName(), e.getMessage()), e);
        }
    }
}
