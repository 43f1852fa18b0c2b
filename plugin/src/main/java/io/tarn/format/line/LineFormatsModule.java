package io.tarn.format.line;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import io.tarn.format.FileFormat;
import io.tarn.format.FormatWriter;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.csv.CsvFormatWriter;
import io.tarn.format.esri.EsriFormat;
import io.tarn.format.grok.GrokFormat;
import io.tarn.format.json.CloudTrailFormat;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.HiveJsonFormatWriter;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.json.OpenXJsonFormatWriter;
import io.tarn.format.line.source.LineConfig;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.regex.RegexFormat;
import io.tarn.format.text.TextFormat;
import io.tarn.format.text.TextFormatWriter;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

/**
 * The formats whose records are lines of text, or are cut out of a file as if they were.
 */
public class LineFormatsModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(LineConfig.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(LineSessionProperties.class).in(SINGLETON);

        // each is also what its writer reads back with
        binder.bind(OpenXJsonFormat.class).in(SINGLETON);
        binder.bind(HiveJsonFormat.class).in(SINGLETON);
        binder.bind(CsvFormat.class).in(SINGLETON);
        binder.bind(TextFormat.class).in(SINGLETON);

        Multibinder<FileFormat> formats = newSetBinder(binder, FileFormat.class);
        formats.addBinding().to(OpenXJsonFormat.class);
        formats.addBinding().to(HiveJsonFormat.class);
        formats.addBinding().to(CsvFormat.class);
        formats.addBinding().to(TextFormat.class);
        formats.addBinding().to(RegexFormat.class).in(SINGLETON);
        formats.addBinding().to(GrokFormat.class).in(SINGLETON);
        formats.addBinding().to(CloudTrailFormat.class).in(SINGLETON);
        formats.addBinding().toInstance(EsriFormat.esriJson());
        formats.addBinding().toInstance(EsriFormat.geoJson());

        Multibinder<FormatWriter> writers = newSetBinder(binder, FormatWriter.class);
        writers.addBinding().to(OpenXJsonFormatWriter.class).in(SINGLETON);
        writers.addBinding().to(HiveJsonFormatWriter.class).in(SINGLETON);
        writers.addBinding().to(CsvFormatWriter.class).in(SINGLETON);
        writers.addBinding().to(TextFormatWriter.class).in(SINGLETON);
    }
}
