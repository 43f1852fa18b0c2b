package io.tarn.format.rcfile;

import com.google.inject.Binder;
import com.google.inject.Module;
import io.tarn.format.FileFormat;

import static com.google.inject.Scopes.SINGLETON;
import static com.google.inject.multibindings.Multibinder.newSetBinder;

public class RcFileFormatModule
        implements Module
{
    @Override
    public void configure(Binder binder)
    {
        newSetBinder(binder, FileFormat.class).addBinding().to(RcFileFormat.class).in(SINGLETON);
    }
}
