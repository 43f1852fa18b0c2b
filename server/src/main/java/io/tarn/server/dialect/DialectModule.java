package io.tarn.server.dialect;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import io.trino.sql.rewrite.StatementRewrite.Rewrite;

import static com.google.inject.multibindings.Multibinder.newSetBinder;
import static io.airlift.jaxrs.JaxrsBinder.jaxrsBinder;
import static java.util.Objects.requireNonNull;

/**
 * Lets Trino's server take Athena's statements where it takes its own.
 */
public final class DialectModule
        implements Module
{
    private final DialectCatalogs catalogs;

    public DialectModule(DialectCatalogs catalogs)
    {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    @Override
    public void configure(Binder binder)
    {
        binder.bind(DialectCatalogs.class).toInstance(catalogs);
        binder.bind(RefusedStatements.class).in(Scopes.SINGLETON);
        binder.bind(EarlierStatements.class).in(Scopes.SINGLETON);
        binder.bind(RequestEngines.class).in(Scopes.SINGLETON);
        binder.bind(TranslationNotes.class).in(Scopes.SINGLETON);
        binder.bind(TranslationNotesFilter.class).in(Scopes.SINGLETON);
        newSetBinder(binder, Rewrite.class).addBinding().to(TranslationWarnings.class).in(Scopes.SINGLETON);
        binder.bind(StatementTranslationFilter.class).in(Scopes.SINGLETON);
        jaxrsBinder(binder).bind(StatementTranslationFeature.class);
    }
}
