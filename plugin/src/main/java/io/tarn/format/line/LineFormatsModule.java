package io.tarn.format.line;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import io.tarn.format.FileFormat;
import io.tarn.format.csv.CsvFormat;
import io.tarn.format.json.HiveJsonFormat;
import io.tarn.format.json.OpenXJsonFormat;
import io.tarn.format.line.source.LineConfig;
import io.tarn.format.line.source.LineSessionProperties;
import io.tarn.format.regex.RegexFormat;
import io.tarn.format.text.TextFormat;
import io.trino.plugin.base.session.SessionPropertiesProvider;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

/**
 * The formats whose records are lines of text.
 */
public class LineFormatsModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(LineConfig.class);
        newSetBinder(binder, SessionPropertiesProvider.class).addBinding().to(LineSessionProperties.class).in(SINGLETON);

        Multibinder<FileFormat> formats = newSetBinder(binder, FileFormat.class);
        formats.addBinding().to(OpenXJsonFormat.class).in(SINGLETON);
        formats.addBinding().to(HiveJsonFormat.class).in(SINGLETON);
        formats.addBinding().to(CsvFormat.class).in(SINGLETON);
        formats.addBinding().to(TextFormat.class).in(SINGLETON);
        formats.addBinding().to(RegexFormat.class).in(SINGLETON);
    }
}
