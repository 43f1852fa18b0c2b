package io.tarn.format.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.trino.spi.TrinoException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

import java.io.IOException;
import java.util.function.Function;

import static com.fasterxml.jackson.core.JsonToken.FIELD_NAME;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;

/**
 * Reads the schema of a file or a table, and hands on none that is too large or too deep for what follows.
 */
final class SchemaReader
{
    private static final JsonFactory JSON = JsonFactory.builder()
            // as in Avro's own parser
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    /**
     * Avro's parser walks through all that can be reached from each record, whatever the others reach.
     */
    private static final long MAX_STEPS = 40_000_000;

    private SchemaReader() {}

    /**
     * @param refusal the exception for what is wrong with the schema, as it goes on after "it"
     */
    static Schema read(String text, NameValidator names, Function<String, TrinoException> refusal)
    {
        requireParsable(text, refusal);
        Schema schema;
        try {
            // tables are found with defaults that do not fit their fields, and Hive lets them be
            schema = new Schema.Parser(names).setValidateDefaults(false).parse(text);
        }
        catch (RuntimeException | StackOverflowError e) {
            TrinoException refused = refusal.apply("is no schema of Avro's: " + (e instanceof StackOverflowError ? "it is nested too deeply" : e.getMessage()));
            refused.addSuppressed(e);
            throw refused;
        }
        SchemaCheck.check(schema, refusal);
        if (schema.getType() != Schema.Type.RECORD) {
            throw refusal.apply("is of the type %s, not a record".formatted(schema.getType().getName()));
        }
        return schema;
    }

    private static void requireParsable(String text, Function<String, TrinoException> refusal)
    {
        long records = 0;
        long values = 0;
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == FIELD_NAME && parser.currentName().equals("fields")) {
                    records++;
                }
                else if (token == VALUE_STRING || token == START_OBJECT) {
                    values++;
                }
            }
        }
        catch (IOException e) {
            throw refusal.apply("is no schema of Avro's: " + e.getMessage());
        }
        if (records * values > MAX_STEPS) {
            throw refusal.apply("has %s records and %s names, which is too much to follow each of the one to the other".formatted(records, values));
        }
    }
}
