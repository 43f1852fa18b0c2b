package io.tarn.format.avro;

import io.tarn.format.FileSchema;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputStream;
import io.trino.spi.TrinoException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

import java.io.IOException;
import java.util.Optional;

import static io.tarn.error.TarnErrorCode.TARN_INVALID_METADATA;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_LITERAL;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_NONE;
import static io.trino.hive.formats.avro.AvroHiveConstants.SCHEMA_URL;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The schema that a table's properties give its files: {@code avro.schema.literal}, or the file at
 * {@code avro.schema.url}, which is asked of the table's own storage.
 */
final class DeclaredSchemas
{
    private static final int MAX_SCHEMA_SIZE = 16 * 1024 * 1024;

    private DeclaredSchemas() {}

    /**
     * @return empty where the table's columns are all that is said
     * @throws TrinoException {@code TARN_INVALID_METADATA} where there is none at the URL, or one that is no record
     */
    static Optional<Schema> declaredSchema(FileSchema table, TrinoFileSystem fileSystem)
    {
        Optional<Schema> literal = literal(table);
        if (literal.isPresent()) {
            return literal;
        }
        String url = table.properties().getOrDefault(SCHEMA_URL, "");
        if (url.isBlank() || url.equalsIgnoreCase(SCHEMA_NONE)) {
            return Optional.empty();
        }
        try (TrinoInputStream input = fileSystem.newInputFile(Location.of(url)).newStream()) {
            byte[] text = input.readNBytes(MAX_SCHEMA_SIZE + 1);
            if (text.length > MAX_SCHEMA_SIZE) {
                throw invalid(SCHEMA_URL, "%s has more than %s bytes".formatted(url, MAX_SCHEMA_SIZE), null);
            }
            return Optional.of(parse(SCHEMA_URL, new String(text, UTF_8)));
        }
        catch (IOException | IllegalArgumentException e) {
            throw invalid(SCHEMA_URL, "%s cannot be read: %s".formatted(url, e.getMessage()), e);
        }
    }

    /**
     * What the table itself says.
     */
    static Optional<Schema> literal(FileSchema table)
    {
        String literal = table.properties().getOrDefault(SCHEMA_LITERAL, "");
        if (literal.isBlank() || literal.equalsIgnoreCase(SCHEMA_NONE)) {
            return Optional.empty();
        }
        return Optional.of(parse(SCHEMA_LITERAL, literal));
    }

    private static Schema parse(String property, String text)
    {
        return SchemaReader.read(text, NameValidator.UTF_VALIDATOR, problem -> invalid(property, "it " + problem, null));
    }

    private static TrinoException invalid(String property, String problem, Throwable cause)
    {
        return new TrinoException(TARN_INVALID_METADATA, "Property %s of the table gives no Avro schema: %s. Correct it in the catalogue.".formatted(property, problem), cause);
    }
}
