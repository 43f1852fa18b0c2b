package io.tarn.server.dialect;

import com.google.inject.Inject;
import io.tarn.athena.dialect.TranslationNote;
import io.trino.Session;
import io.trino.execution.querystats.PlanOptimizersStatsCollector;
import io.trino.execution.warnings.WarningCollector;
import io.trino.spi.TrinoWarning;
import io.trino.sql.analyzer.AnalyzerFactory;
import io.trino.sql.rewrite.StatementRewrite;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.NodeRef;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Statement;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

/**
 * Gives the notes of a translation to the query as its warnings, so that they go where Trino's own go: to the client
 * with every page of results, to the web interface and to event listeners. Rewrites nothing: a rewrite is the one who is
 * told of a query together with its warnings. It is told of what is analyzed (queries, writes, {@code EXPLAIN}, procedures
 * of tables), which {@code CREATE TABLE} without {@code AS}, {@code ALTER TABLE}, {@code CALL} and {@code PREPARE} are not.
 */
final class TranslationWarnings
        implements StatementRewrite.Rewrite
{
    private final TranslationNotes notes;

    @Inject
    TranslationWarnings(TranslationNotes notes)
    {
        this.notes = requireNonNull(notes, "notes is null");
    }

    @Override
    public Statement rewrite(
            AnalyzerFactory analyzerFactory,
            Session session,
            Statement node,
            List<Expression> parameters,
            Map<NodeRef<Parameter>, Expression> parameterLookup,
            WarningCollector warningCollector,
            PlanOptimizersStatsCollector planOptimizersStatsCollector)
    {
        // JDBC shows one warning of a code
        notes.take(session.getQueryId().id()).stream()
                .collect(groupingBy(note -> TranslationWarningCode.of(note.kind()), TreeMap::new, mapping(TranslationNote::text, joining("; "))))
                .forEach((code, text) -> warningCollector.add(new TrinoWarning(code, text)));
        return node;
    }
}
