package io.tarn.format.json;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.JsonElements;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.tarn.format.line.source.RecordColumn;
import io.trino.hive.formats.line.openxjson.OpenXJsonDeserializer;
import io.trino.hive.formats.line.openxjson.OpenXJsonOptions;

import java.util.List;
import java.util.Optional;

import static io.trino.hive.formats.HiveClassNames.JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.LEGACY_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.OPENX_JSON_SERDE_CLASS;

/**
 * The logs of CloudTrail: a file is a document whose array {@code Records} has the rows. A column is the attribute of
 * its name, letter case aside; a string column has the JSON of what is no text, for instance {@code requestparameters},
 * which every event has in another form.
 */
public class CloudTrailFormat
        extends LineFormat
{
    public CloudTrailFormat()
    {
        super("CLOUDTRAIL",
                ImmutableSet.of("com.amazon.emr.hive.serde.CloudTrailSerde", JSON_SERDE_CLASS, LEGACY_JSON_SERDE_CLASS, OPENX_JSON_SERDE_CLASS),
                ImmutableMap.of("com.amazon.emr.cloudtrail.CloudTrailInputFormat", new JsonElements(Optional.of("Records"))));
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        OpenXJsonOptions options = OpenXJsonOptions.fromSchema(schema.properties());
        return new LineDecoder(new JsonDocumentLines(new OpenXJsonDeserializer(libraryColumns(columns), options)));
    }

    @Override
    protected Optional<RecordColumn> extraAttributes(FileSchema schema)
    {
        OpenXJsonOptions options = OpenXJsonOptions.fromSchema(schema.properties());
        return Optional.of(new ExtraAttributes(new OpenXKeys(schema, options), false));
    }

    @Override
    protected String malformedRemedy()
    {
        return "Write the file again, or move it out of the table's location; the column \"$line\" shows the records as they are.";
    }
}
