package io.tarn.format.avro;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.tarn.format.FileFormat;
import io.tarn.format.FormatWriter;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;

public class AvroFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(AvroConfig.class);
        newSetBinder(binder, FileFormat.class).addBinding().to(AvroFormat.class).in(SINGLETON);
        newSetBinder(binder, FormatWriter.class).addBinding().to(AvroFormatWriter.class).in(SINGLETON);
    }
}
