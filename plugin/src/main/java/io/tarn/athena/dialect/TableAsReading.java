package io.tarn.athena.dialect;

import com.google.common.collect.ImmutableSet;
import io.trino.grammar.sql.SqlBaseParser.CreateTableAsSelectContext;
import io.trino.grammar.sql.SqlBaseParser.PropertyContext;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import static java.util.Collections.disjoint;
import static java.util.Objects.requireNonNull;

/**
 * {@code CREATE TABLE … WITH (…) AS} with Athena's properties: the connector takes those of Hive's tables as they are;
 * one of Iceberg's is created in the catalogue of Iceberg tables, with that connector's names.
 */
final class TableAsReading
{
    static final String TABLE_TYPE = "table_type";
    private static final Set<String> WRITTEN_BY_PARTITION = ImmutableSet.of("partitioned_by", "bucketed_by", "partitioning");

    private final QueryText text;
    private final DialectSession session;
    private final Notes notes;

    TableAsReading(QueryText text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    void read(CreateTableAsSelectContext context)
    {
        Map<String, PropertyContext> properties = properties(context);
        noteLimits(properties.keySet(), notes);
        PropertyContext type = properties.remove(TABLE_TYPE);
        if (type == null) {
            return;
        }
        switch (literal(type).toUpperCase(Locale.ENGLISH)) {
            case "HIVE" -> withoutType(context, properties);
            case "ICEBERG" -> iceberg(context, properties);
            default -> throw QueryReading.refused(type.getStart(), "table_type is %s: it is HIVE or ICEBERG".formatted(type.propertyValue().getText()));
        }
    }

    /**
     * @param properties of {@code CREATE TABLE AS}, in lower case
     */
    static void noteLimits(Set<String> properties, Notes notes)
    {
        if (!disjoint(properties, WRITTEN_BY_PARTITION)) {
            notes.writtenPartitions();
        }
    }

    /**
     * By name, in lower case and in the order written; the names may be none that anybody knows.
     */
    static Map<String, PropertyContext> properties(CreateTableAsSelectContext context)
    {
        Map<String, PropertyContext> properties = new LinkedHashMap<>();
        if (context.properties() != null) {
            for (PropertyContext property : context.properties().propertyAssignments().property()) {
                properties.put(TableNames.part(property.identifier()), property);
            }
        }
        return properties;
    }

    private void withoutType(CreateTableAsSelectContext context, Map<String, PropertyContext> properties)
    {
        if (properties.isEmpty()) {
            withoutProperties(context);
            return;
        }
        text.replace(context.properties(), "(" + String.join(", ", properties.values().stream().map(text::text).toList()) + ")");
    }

    private void iceberg(CreateTableAsSelectContext context, Map<String, PropertyContext> properties)
    {
        IcebergProperties iceberg = new IcebergProperties(notes);
        properties.forEach((name, property) -> {
            switch (name) {
                case "is_external" -> {
                    if (!property.propertyValue().getText().equalsIgnoreCase("false")) {
                        throw QueryReading.refused(property.getStart(), "is_external is false for Iceberg tables");
                    }
                }
                case "location" -> iceberg.location(literal(property));
                case "partitioning", "partitioned_by" -> iceberg.partitioning(list(property));
                case "external_location", "bucketed_by", "bucket_count" -> throw QueryReading.refused(property.getStart(), "%s is for tables of Hive's kind; Iceberg tables have location and partitioning".formatted(name));
                default -> {
                    if (!iceberg.property(name, literal(property))) {
                        throw QueryReading.refused(property.getStart(), "%s is no property of Iceberg tables in Athena".formatted(name));
                    }
                }
            }
        });
        text.replace(context.qualifiedName(), IcebergNames.table(TableNames.parts(context.qualifiedName()), session));
        if (iceberg.isEmpty()) {
            withoutProperties(context);
        }
        else {
            text.replace(context.properties(), iceberg.list());
        }
    }

    private void withoutProperties(CreateTableAsSelectContext context)
    {
        text.replace(context.WITH().getFirst().getSymbol(), context.properties().getStop(), "");
    }

    /**
     * The value without quotes, of a string, a number or a truth value.
     */
    private static String literal(PropertyContext property)
    {
        String value = property.propertyValue().getText();
        return value.startsWith("'") ? SqlText.unquoted(value) : value;
    }

    private static List<String> list(PropertyContext property)
    {
        List<String> values = new ArrayList<>();
        TrinoGrammar.tokens(property.propertyValue().getText()).stream()
                .filter(token -> token.getText().startsWith("'"))
                .forEach(token -> values.add(SqlText.unquoted(token.getText())));
        if (values.isEmpty()) {
            throw QueryReading.refused(property.getStart(), "%s is a list of strings, such as ARRAY['day(at)']".formatted(TableNames.part(property.identifier())));
        }
        return values;
    }
}
