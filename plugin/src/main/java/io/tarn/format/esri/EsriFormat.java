package io.tarn.format.esri;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tarn.format.FileColumn;
import io.tarn.format.FileField;
import io.tarn.format.FileSchema;
import io.tarn.format.line.source.JsonElements;
import io.tarn.format.line.source.LineDecoder;
import io.tarn.format.line.source.LineFormat;
import io.trino.hive.formats.esri.EsriDeserializer;
import io.trino.hive.formats.esri.EsriDeserializer.Format;
import io.trino.hive.formats.esri.EsriDeserializer.UnsupportedTypeException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.hive.formats.HiveClassNames.ESRI_GEO_JSON_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_GEO_JSON_SERDE_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_INPUT_FORMAT_CLASS;
import static io.trino.hive.formats.HiveClassNames.ESRI_SERDE_CLASS;
import static io.trino.metastore.HiveType.HIVE_BINARY;
import static java.util.Objects.requireNonNull;

/**
 * Features with a geometry and attributes: the array {@code features} of a document (enclosed), or documents one after
 * the other (unenclosed). A column is the attribute of its name, letter case aside, and null where its value does not
 * fit; the one column that is {@code binary} is the geometry, as Trino's geospatial functions take it.
 */
public final class EsriFormat
        extends LineFormat
{
    private static final JsonElements ENCLOSED = new JsonElements(Optional.of("features"));
    private static final JsonElements UNENCLOSED = new JsonElements(Optional.empty());

    private final Format format;

    private EsriFormat(String name, Set<String> serdes, String enclosed, String unenclosed, Format format)
    {
        super(name,
                serdes,
                ImmutableMap.of(
                        enclosed, ENCLOSED,
                        unenclosed, UNENCLOSED,
                        // older names, which both kinds have
                        "com.esri.json.hadoop.EnclosedJsonInputFormat", ENCLOSED,
                        "com.esri.json.hadoop.UnenclosedJsonInputFormat", UNENCLOSED));
        this.format = requireNonNull(format, "format is null");
    }

    /**
     * Esri's JSON, with {@code attributes} and the coordinates of a geometry by kind.
     */
    public static EsriFormat esriJson()
    {
        return new EsriFormat(
                "ESRI_JSON",
                ImmutableSet.of(ESRI_SERDE_CLASS, "com.esri.hadoop.hive.serde.JsonSerde", "com.esri.hadoop.hive.serde.JsonSerDe"),
                ESRI_INPUT_FORMAT_CLASS,
                "com.esri.json.hadoop.UnenclosedEsriJsonInputFormat",
                Format.ESRI);
    }

    /**
     * GeoJSON, with {@code properties}.
     */
    public static EsriFormat geoJson()
    {
        return new EsriFormat(
                "GEO_JSON",
                ImmutableSet.of(ESRI_GEO_JSON_SERDE_CLASS),
                ESRI_GEO_JSON_INPUT_FORMAT_CLASS,
                "com.esri.json.hadoop.UnenclosedGeoJsonInputFormat",
                Format.GEO_JSON);
    }

    @Override
    public boolean byPosition(FileSchema schema)
    {
        return false;
    }

    @Override
    protected LineDecoder createDecoder(List<FileColumn> columns, FileSchema schema)
    {
        List<String> geometries = schema.fields().stream()
                .filter(field -> field.type().equals(HIVE_BINARY))
                .map(FileField::name)
                .collect(toImmutableList());
        checkArgument(geometries.size() <= 1, "columns %s are binary, and a feature has one geometry", geometries);
        try {
            return new LineDecoder(new FeatureRecords(new EsriDeserializer(libraryColumns(columns), format)));
        }
        catch (UnsupportedTypeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    protected String malformedRemedy()
    {
        return "Write the file again, or move it out of the table's location; the column \"$line\" shows the features as they are.";
    }
}
