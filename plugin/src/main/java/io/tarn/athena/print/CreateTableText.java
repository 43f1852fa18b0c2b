package io.tarn.athena.print;

import io.tarn.athena.statement.Bucketing;
import io.tarn.athena.statement.ColumnDefinition;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.PartitionTransform;
import io.tarn.athena.statement.RowFormat;
import io.tarn.athena.statement.RowFormat.Delimited;
import io.tarn.athena.statement.RowFormat.Serde;
import io.tarn.athena.statement.StorageFormat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.tarn.athena.print.Texts.name;
import static io.tarn.athena.print.Texts.string;
import static java.util.stream.Collectors.joining;

/**
 * Writes a CREATE TABLE, a clause a line, in the order of Athena's own SHOW CREATE TABLE.
 */
final class CreateTableText
{
    private static final String INDENT = "\n  ";

    private CreateTableText() {}

    static String print(CreateTable create)
    {
        StringBuilder text = new StringBuilder(create.external() ? "CREATE EXTERNAL TABLE " : "CREATE TABLE ")
                .append(create.ifNotExists() ? "IF NOT EXISTS " : "")
                .append(Texts.table(create.table()));
        if (!create.columns().isEmpty()) {
            text.append(" ").append(columns(create.columns()));
        }
        create.comment().ifPresent(comment -> text.append("\nCOMMENT ").append(string(comment)));
        if (!create.partitionColumns().isEmpty()) {
            text.append("\nPARTITIONED BY ").append(columns(create.partitionColumns()));
        }
        if (!create.partitionTransforms().isEmpty()) {
            text.append("\nPARTITIONED BY ").append(create.partitionTransforms().stream()
                    .map(CreateTableText::transform)
                    .collect(joining(", ", "(", ")")));
        }
        create.bucketing().ifPresent(bucketing -> text.append("\n").append(bucketing(bucketing)));
        create.rowFormat().ifPresent(format -> text.append("\n").append(rowFormat(format)));
        if (!create.serdeProperties().isEmpty()) {
            text.append("\nWITH SERDEPROPERTIES ").append(properties(create.serdeProperties()));
        }
        create.storageFormat().ifPresent(format -> text.append("\n").append(storageFormat(format)));
        create.location().ifPresent(location -> text.append("\nLOCATION").append(INDENT).append(string(location)));
        if (!create.properties().isEmpty()) {
            text.append("\nTBLPROPERTIES ").append(properties(create.properties()));
        }
        return text.toString();
    }

    private static String columns(List<ColumnDefinition> columns)
    {
        return columns.stream()
                .map(Texts::column)
                .collect(joining("," + INDENT, "(" + INDENT, ")"));
    }

    private static String transform(PartitionTransform transform)
    {
        String column = name(transform.column());
        String function = transform.kind().name().toLowerCase(Locale.ENGLISH);
        return switch (transform.kind()) {
            case IDENTITY -> column;
            case YEAR, MONTH, DAY, HOUR -> function + "(" + column + ")";
            case BUCKET, TRUNCATE -> function + "(" + transform.argument().orElseThrow() + ", " + column + ")";
        };
    }

    private static String bucketing(Bucketing bucketing)
    {
        String sorted = bucketing.sortedBy().isEmpty() ? "" : bucketing.sortedBy().stream()
                                                              .map(column -> name(column.column()) + (column.ascending() ? " ASC" : " DESC"))
                                                              .collect(joining(", ", " SORTED BY (", ")"));
        return bucketing.columns().stream().map(Texts::name).collect(joining(", ", "CLUSTERED BY (", ")")) +
                sorted + " INTO " + bucketing.buckets() + " BUCKETS";
    }

    private static String rowFormat(RowFormat format)
    {
        return switch (format) {
            case Serde serde -> "ROW FORMAT SERDE" + INDENT + string(serde.className());
            case Delimited delimited -> "ROW FORMAT DELIMITED" +
                    delimiter("FIELDS TERMINATED BY", delimited.fieldsTerminatedBy()) +
                    delimiter("ESCAPED BY", delimited.escapedBy()) +
                    delimiter("COLLECTION ITEMS TERMINATED BY", delimited.collectionItemsTerminatedBy()) +
                    delimiter("MAP KEYS TERMINATED BY", delimited.mapKeysTerminatedBy()) +
                    delimiter("LINES TERMINATED BY", delimited.linesTerminatedBy()) +
                    delimiter("NULL DEFINED AS", delimited.nullDefinedAs());
        };
    }

    private static String delimiter(String words, Optional<String> text)
    {
        return text.map(written -> INDENT + words + " " + string(written)).orElse("");
    }

    private static String storageFormat(StorageFormat format)
    {
        return switch (format) {
            case StorageFormat.Named named -> "STORED AS " + named.name();
            case StorageFormat.Classes classes -> "STORED AS INPUTFORMAT" + INDENT + string(classes.inputFormat()) +
                    "\nOUTPUTFORMAT" + INDENT + string(classes.outputFormat());
        };
    }

    private static String properties(Map<String, String> properties)
    {
        return properties.entrySet().stream()
                .map(property -> string(property.getKey()) + " = " + string(property.getValue()))
                .collect(joining("," + INDENT, "(" + INDENT, ")"));
    }
}
