package io.tarn.format.ion;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.tarn.format.FileFormat;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;

public class IonFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        newSetBinder(binder, FileFormat.class).addBinding().to(IonFormat.class).in(SINGLETON);
    }
}
