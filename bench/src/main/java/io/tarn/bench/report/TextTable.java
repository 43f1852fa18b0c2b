package io.tarn.bench.report;

import com.google.common.collect.ImmutableList;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A table as Markdown has it, in columns that line up; all but the first column are figures.
 */
public final class TextTable
{
    private final String title;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String title, String... columns)
    {
        this.title = requireNonNull(title, "title is null");
        this.columns = ImmutableList.copyOf(columns);
    }

    public void add(String... cells)
    {
        checkArgument(cells.length == columns.size(), "%s cells for %s columns", cells.length, columns.size());
        rows.add(ImmutableList.copyOf(cells));
    }

    public void print(PrintStream out)
    {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        out.println();
        out.println(title);
        out.println();
        out.println(line(columns, widths));
        out.println(line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths));
        rows.forEach(row -> out.println(line(row, widths)));
        out.println();
    }

    private static String line(List<String> cells, int[] widths)
    {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(' ')
                    .append(column == 0 ? cell + padding : padding + cell)
                    .append(" |");
        }
        return line.toString();
    }
}
