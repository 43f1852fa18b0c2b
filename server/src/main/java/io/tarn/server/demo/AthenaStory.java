package io.tarn.server.demo;

import com.google.common.collect.Ordering;
import com.google.common.collect.Range;
import io.tarn.server.cli.TrinoCli;
import io.tarn.server.demo.AthenaScript.Statement;
import io.tarn.server.demo.QueryCosts.QueryCost;
import io.tarn.server.engine.Endpoints;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Tells steps of the story in Athena's words: the Trino CLI sends their scripts, and what comes back is held against
 * what the lake's generator counted and what lies in the bucket.
 */
final class AthenaStory
{
    private final TrinoCli cli;
    private final Endpoints endpoints;
    private final QueryCosts costs;
    private final StoredSizes sizes;
    private final DemoReport report;

    AthenaStory(TrinoCli cli, Endpoints endpoints, QueryCosts costs, StoredSizes sizes, DemoReport report)
    {
        this.cli = requireNonNull(cli, "cli is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.costs = requireNonNull(costs, "costs is null");
        this.sizes = requireNonNull(sizes, "sizes is null");
        this.report = requireNonNull(report, "report is null");
    }

    /**
     * @param number of the first question in the report
     * @return the number after the last
     * @throws DemoException when a statement fails, or an answer is not what the generator counted or took more than it
     *         may; then the rest of the step has been told all the same
     */
    int tell(int number, StoryStep step)
    {
        report.step(step);
        int next = number;
        List<String> wrong = new ArrayList<>();
        Iterator<Expectation> expectations = step.expectations().iterator();
        try (CommandLineRun run = CommandLineRun.start(cli, endpoints, step.script())) {
            for (Statement statement : step.script().statements()) {
                if (statement.title().isEmpty()) {
                    report.definition(statement.sql());
                    run.next(statement);
                }
                else if (!ask(next++, statement, expectations.next(), run)) {
                    wrong.add(statement.summary());
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new DemoException("%s of %s answers are not what the generator counted, or took too much: %s".formatted(wrong.size(), step.expectations().size(), String.join(" ", wrong)));
        }
        return next;
    }

    private boolean ask(int number, Statement statement, Expectation expectation, CommandLineRun run)
    {
        Question question = new Question(statement.summary(), statement.sql(), expectation.rows());
        report.question(number, question);
        CommandLineOutput.Result result = run.next(statement);
        String queryId = result.queryId().orElseThrow(() -> new DemoException("'%s' was no question to the engine, but a definition".formatted(statement.summary())));
        Answer answer = answer(result, costs.of(queryId));
        boolean right;
        boolean cheap = true;
        if (expectation.scan().isPresent()) {
            ScanBound scan = expectation.scan().get();
            right = question.isAnsweredBy(answer);
            report.answer(answer, scan.meaning(), right);
            cheap = isWithin(scan.bytes().apply(sizes), answer.scannedBytes());
        }
        else {
            right = sorted(question.expectation()).equals(sorted(answer.rows()));
            report.shown(answer, right);
        }
        if (!right) {
            report.difference(question, answer);
        }
        return right && cheap;
    }

    private boolean isWithin(Range<Long> allowed, long scannedBytes)
    {
        if (allowed.contains(scannedBytes)) {
            return true;
        }
        report.scanDifference(scannedBytes, allowed);
        return false;
    }

    private static Answer answer(CommandLineOutput.Result result, QueryCost cost)
    {
        if (result.written().isPresent()) {
            return new Answer(List.of("rows written"), List.of(List.of(result.written().getAsLong())), cost.elapsed(), cost.scannedBytes());
        }
        return new Answer(result.columns(), result.rows(), cost.elapsed(), cost.scannedBytes());
    }

    private static List<String> sorted(List<List<Object>> rows)
    {
        // SHOW promises no order
        return Ordering.natural().sortedCopy(rows.stream().map(Object::toString).toList());
    }
}
