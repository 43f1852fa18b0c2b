package io.tarn.server.dialect;

import com.google.common.collect.ImmutableList;
import com.google.inject.Inject;
import io.tarn.athena.dialect.TranslationNote;
import io.trino.client.QueryResults;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Learns from Trino's first answer which query a translated statement has become. Trino analyzes it only after the
 * client has asked for the second one.
 */
final class TranslationNotesFilter
        implements ContainerResponseFilter
{
    private static final String PROPERTY = TranslationNotesFilter.class.getName();

    private final TranslationNotes notes;

    @Inject
    TranslationNotesFilter(TranslationNotes notes)
    {
        this.notes = requireNonNull(notes, "notes is null");
    }

    static void keep(ContainerRequestContext request, List<TranslationNote> notes)
    {
        request.setProperty(PROPERTY, new Kept(notes));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response)
    {
        if (request.getProperty(PROPERTY) instanceof Kept(List<TranslationNote> kept) && !kept.isEmpty() && response.getEntity() instanceof QueryResults results) {
            notes.put(results.getId(), kept);
        }
    }

    private record Kept(List<TranslationNote> notes)
    {
        private Kept
        {
            notes = ImmutableList.copyOf(notes);
        }
    }
}
