package io.tarn.athena.execute;

import com.google.common.collect.ImmutableList;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What a statement answers.
 *
 * @param columns at least one
 * @param rows a text for each column, to be read once and while the statement's query runs; a long listing is read from
 *         the catalogue as the rows are, so that reading fails as the catalogue does
 */
public record StatementResult(List<ResultColumn> columns, Iterator<List<String>> rows)
{
    static final List<ResultColumn> STATUS = ImmutableList.of(new ResultColumn("status"));

    public StatementResult
    {
        columns = ImmutableList.copyOf(columns);
        requireNonNull(rows, "rows is null");
    }

    /**
     * The one row of a statement that has nothing to show.
     */
    static Iterator<List<String>> done()
    {
        return done(Optional.empty());
    }

    /**
     * @param note what the user may not have expected of it, in a row of its own
     */
    static Iterator<List<String>> done(Optional<String> note)
    {
        return Stream.concat(Stream.of("Query successful."), note.stream())
                .<List<String>>map(ImmutableList::of)
                .iterator();
    }
}
