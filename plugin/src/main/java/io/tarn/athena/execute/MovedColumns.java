package io.tarn.athena.execute;

import com.google.inject.Inject;
import io.tarn.format.FileField;
import io.tarn.format.FileFormat;
import io.tarn.format.FileFormats;
import io.tarn.format.FileSchema;
import io.tarn.scan.FileSchemas;
import io.trino.metastore.Column;
import io.trino.spi.connector.SchemaTableName;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.lang.Math.min;
import static java.util.Objects.requireNonNull;

/**
 * Tells which columns show the values of others when a list of columns is replaced by one in which they stand elsewhere.
 * Athena does it without a word, and it may be meant: it is how a column of delimited text gets another name.
 */
public class MovedColumns
{
    private static final int MOST_NAMED = 10;

    private final FileFormats formats;

    @Inject
    public MovedColumns(FileFormats formats)
    {
        this.formats = requireNonNull(formats, "formats is null");
    }

    /**
     * @param before what the files are declared as until now
     * @return empty where columns are found by name, and where none but the last ones go, come or have another type
     */
    Optional<String> note(SchemaTableName table, FileSchema before, List<Column> after)
    {
        FileSchema readable = FileSchemas.readable(before);
        return formats.find(readable)
                .filter(format -> format.byPosition(readable))
                .flatMap(format -> note(table, format, before.fields(), after));
    }

    private static Optional<String> note(SchemaTableName table, FileFormat format, List<FileField> before, List<Column> after)
    {
        List<String> moved = new ArrayList<>();
        for (int i = 0; i < min(before.size(), after.size()); i++) {
            if (!before.get(i).name().equals(after.get(i).getName())) {
                moved.add("'%s' shows what '%s' did".formatted(after.get(i).getName(), before.get(i).name()));
            }
        }
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        String more = moved.size() > MOST_NAMED ? ", and %s more".formatted(moved.size() - MOST_NAMED) : "";
        return Optional.of("Columns are found in %s files by their position, so in %s %s%s.%s".formatted(
                format.name(),
                table,
                String.join(", ", moved.subList(0, min(MOST_NAMED, moved.size()))),
                more,
                byNameInstead(table, format)));
    }

    private static String byNameInstead(SchemaTableName table, FileFormat format)
    {
        if (!format.name().equals("ORC")) {
            return "";
        }
        return " Where all files name their columns as the table does, ALTER TABLE %s SET TBLPROPERTIES ('orc.column.index.access'='false') has them found by name".formatted(table);
    }
}
