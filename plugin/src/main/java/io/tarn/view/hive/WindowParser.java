package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Expression.SortItem;
import io.tarn.view.hive.Expression.Window;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.tarn.view.hive.Token.Kind.NUMBER;
import static java.util.Objects.requireNonNull;

/**
 * Reads what follows {@code OVER}, and orders.
 */
final class WindowParser
{
    private final TokenCursor tokens;
    private final ExpressionParser expressions;

    WindowParser(TokenCursor tokens, ExpressionParser expressions)
    {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.expressions = requireNonNull(expressions, "expressions is null");
    }

    Window window()
    {
        Place place = tokens.next().place();
        if (!tokens.atSymbol("(")) {
            throw new UntranslatableException(tokens.peek().place(), "a named window is not translated: write it out after OVER");
        }
        tokens.expectSymbol("(");
        List<Expression> partitionBy = List.of();
        if (tokens.acceptWords("partition", "by") || tokens.acceptWords("distribute", "by")) {
            partitionBy = expressions.expressions();
        }
        List<SortItem> orderBy = List.of();
        if (tokens.acceptWords("order", "by") || tokens.acceptWords("sort", "by")) {
            orderBy = sortItems();
        }
        Optional<String> frame = frame();
        tokens.expectSymbol(")");
        return new Window(place, partitionBy, orderBy, frame);
    }

    List<SortItem> sortItems()
    {
        ImmutableList.Builder<SortItem> items = ImmutableList.builder();
        do {
            Expression expression = expressions.expression();
            boolean descending = tokens.acceptWord("desc");
            if (!descending) {
                tokens.acceptWord("asc");
            }
            Optional<Boolean> nullsFirst = Optional.empty();
            if (tokens.acceptWords("nulls", "first")) {
                nullsFirst = Optional.of(true);
            }
            else if (tokens.acceptWords("nulls", "last")) {
                nullsFirst = Optional.of(false);
            }
            items.add(new SortItem(expression, descending, nullsFirst));
        }
        while (tokens.acceptSymbol(","));
        return items.build();
    }

    private Optional<String> frame()
    {
        if (!tokens.atWord("rows") && !tokens.atWord("range")) {
            return Optional.empty();
        }
        Token kind = tokens.next();
        String unit = kind.text().toUpperCase(Locale.ENGLISH);
        if (!tokens.acceptWord("between")) {
            return Optional.of(unit + " " + bound(kind));
        }
        String start = bound(kind);
        tokens.expectWord("and");
        return Optional.of("%s BETWEEN %s AND %s".formatted(unit, start, bound(kind)));
    }

    private String bound(Token kind)
    {
        if (tokens.acceptWords("current", "row")) {
            return "CURRENT ROW";
        }
        String amount = "UNBOUNDED";
        if (!tokens.acceptWord("unbounded")) {
            if (tokens.peek().kind() != NUMBER || !tokens.peek().text().matches("[0-9]+") || kind.isWord("range")) {
                throw tokens.unexpected("of frames, ROWS with numbers and UNBOUNDED are translated");
            }
            amount = tokens.next().text();
        }
        if (tokens.acceptWord("preceding")) {
            return amount + " PRECEDING";
        }
        tokens.expectWord("following");
        return amount + " FOLLOWING";
    }
}
