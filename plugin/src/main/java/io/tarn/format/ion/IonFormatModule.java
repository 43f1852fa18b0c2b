package io.tarn.format.ion;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.tarn.format.FileFormat;
import io.tarn.format.FormatWriter;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;

public class IonFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        // also what its writer asks which tables are its own
        binder.bind(IonFormat.class).in(SINGLETON);
        newSetBinder(binder, FileFormat.class).addBinding().to(IonFormat.class);
        newSetBinder(binder, FormatWriter.class).addBinding().to(IonFormatWriter.class).in(SINGLETON);
    }
}
