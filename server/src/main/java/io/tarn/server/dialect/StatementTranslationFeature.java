package io.tarn.server.dialect;

import com.google.inject.Inject;
import io.trino.dispatcher.QueuedStatementResource;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

import static java.util.Objects.requireNonNull;

/**
 * Puts the translation before the one method that takes statements, and before no other.
 */
public final class StatementTranslationFeature
        implements DynamicFeature
{
    private final StatementTranslationFilter filter;
    private final TranslationNotesFilter notes;

    @Inject
    StatementTranslationFeature(StatementTranslationFilter filter, TranslationNotesFilter notes)
    {
        this.filter = requireNonNull(filter, "filter is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context)
    {
        if (resource.getResourceClass() == QueuedStatementResource.class && resource.getResourceMethod().isAnnotationPresent(POST.class)) {
            context.register(filter);
            context.register(notes);
        }
    }
}
