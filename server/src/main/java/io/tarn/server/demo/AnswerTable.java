package io.tarn.server.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static com.google.common.base.Strings.padEnd;
import static com.google.common.base.Strings.padStart;
import static com.google.common.base.Strings.repeat;
import static java.lang.Math.max;
import static java.util.Objects.requireNonNull;

/**
 * Lays an answer out as a table: numbers to the right, text to the left, and no more rows than a reader takes in.
 */
final class AnswerTable
{
    private static final String GAP = "  ";

    private final int rowLimit;

    AnswerTable(int rowLimit)
    {
        this.rowLimit = rowLimit;
    }

    /**
     * The lines, without indentation; where rows are left out the last line says how many.
     */
    List<String> lines(Answer answer)
    {
        requireNonNull(answer, "answer is null");
        List<List<Object>> shown = answer.rows().subList(0, Math.min(rowLimit, answer.rows().size()));
        int[] widths = new int[answer.columns().size()];
        boolean[] numeric = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = answer.columns().get(column).length();
            numeric[column] = !shown.isEmpty() && shown.stream().allMatch(row -> row.get(index) == null || row.get(index) instanceof Number);
            for (List<Object> row : shown) {
                widths[column] = max(widths[column], text(row.get(column)).length());
            }
        }

        List<String> lines = new ArrayList<>();
        lines.add(line(answer.columns(), widths, numeric));
        lines.add(line(Arrays.stream(widths).mapToObj(width -> repeat("-", width)).toList(), widths, numeric));
        for (List<Object> row : shown) {
            lines.add(line(row, widths, numeric));
        }
        int hidden = answer.rows().size() - shown.size();
        if (hidden > 0) {
            lines.add(hidden == 1 ? "(1 more row)" : "(" + hidden + " more rows)");
        }
        return lines;
    }

    private static String line(List<?> values, int[] widths, boolean[] numeric)
    {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String text = text(values.get(column));
            line.append(column == 0 ? "" : GAP)
                    .append(numeric[column] ? padStart(text, widths[column], ' ') : padEnd(text, widths[column], ' '));
        }
        return line.toString().stripTrailing();
    }

    private static String text(Object value)
    {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }
}
