package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import io.tarn.view.hive.Expression.Call;
import io.tarn.view.hive.Expression.SortItem;
import io.tarn.view.hive.Query.CommonTable;
import io.tarn.view.hive.Query.Item;
import io.tarn.view.hive.Query.Join;
import io.tarn.view.hive.Query.JoinKind;
import io.tarn.view.hive.Query.LateralView;
import io.tarn.view.hive.Query.NamedRelation;
import io.tarn.view.hive.Query.Relation;
import io.tarn.view.hive.Query.Select;
import io.tarn.view.hive.Query.SelectItem;
import io.tarn.view.hive.Query.Star;
import io.tarn.view.hive.Query.SubQuery;
import io.tarn.view.hive.Query.Union;
import io.tarn.view.hive.Query.With;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.tarn.view.hive.Token.Kind.NUMBER;

/**
 * Reads the query of a view.
 */
final class QueryParser
{
    private final TokenCursor tokens;
    private final ExpressionParser expressions;
    private final WindowParser windows;

    private QueryParser(String text)
    {
        this.tokens = new TokenCursor(text);
        this.expressions = new ExpressionParser(tokens, this::query);
        this.windows = new WindowParser(tokens, expressions);
    }

    /**
     * @throws UntranslatableException where there is what is not understood
     */
    static Query parse(String text)
    {
        QueryParser parser = new QueryParser(text);
        Query query = parser.query();
        parser.tokens.expectEnd();
        return query;
    }

    private Query query()
    {
        tokens.enter();
        Place place = tokens.peek().place();
        Query query;
        if (tokens.acceptWord("with")) {
            ImmutableList.Builder<CommonTable> tables = ImmutableList.builder();
            do {
                Place tablePlace = tokens.peek().place();
                String name = tokens.expectName("a name");
                tokens.expectWord("as");
                tokens.expectSymbol("(");
                tables.add(new CommonTable(tablePlace, name, query()));
                tokens.expectSymbol(")");
            }
            while (tokens.acceptSymbol(","));
            query = new With(place, tables.build(), unions());
        }
        else {
            query = unions();
        }
        tokens.leave();
        return query;
    }

    private Query unions()
    {
        Query left = term();
        while (true) {
            Place place = tokens.peek().place();
            if (tokens.atWord("intersect") || tokens.atWord("except") || tokens.atWord("minus")) {
                throw new UntranslatableException(place, "%s is not translated".formatted(tokens.peek().text().toUpperCase(Locale.ENGLISH)));
            }
            if (!tokens.acceptWord("union")) {
                return left;
            }
            boolean all = tokens.acceptWord("all");
            if (!all) {
                tokens.acceptWord("distinct");
            }
            rejectOrderedTerm(left);
            Query right = term();
            rejectOrderedTerm(right);
            left = new Union(place, all, left, right);
        }
    }

    private Query term()
    {
        if (tokens.acceptSymbol("(")) {
            Query query = query();
            tokens.expectSymbol(")");
            return query;
        }
        return select();
    }

    private static void rejectOrderedTerm(Query term)
    {
        if (term instanceof Select select && (!select.orderBy().isEmpty() || select.limit().isPresent())) {
            throw new UntranslatableException(select.place(), "ORDER BY or LIMIT in a UNION is not translated: make it a query in FROM");
        }
    }

    private Select select()
    {
        Place place = tokens.peek().place();
        if (tokens.atWord("from")) {
            throw new UntranslatableException(place, "FROM before SELECT is not translated");
        }
        tokens.expectWord("select");
        if (tokens.atWord("transform") && tokens.peek(1).isSymbol("(")) {
            throw new UntranslatableException(tokens.peek().place(), "TRANSFORM is not translated");
        }
        boolean distinct = tokens.acceptWord("distinct");
        if (!distinct) {
            tokens.acceptWord("all");
        }
        ImmutableList.Builder<SelectItem> items = ImmutableList.builder();
        do {
            items.add(selectItem());
        }
        while (tokens.acceptSymbol(","));
        Optional<Relation> from = tokens.acceptWord("from") ? Optional.of(relations()) : Optional.empty();
        Optional<Expression> where = tokens.acceptWord("where") ? Optional.of(expressions.expression()) : Optional.empty();
        List<Expression> groupBy = tokens.acceptWords("group", "by") ? groupBy() : List.of();
        Optional<Expression> having = tokens.acceptWord("having") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.atWord("window")) {
            throw new UntranslatableException(tokens.peek().place(), "WINDOW is not translated: write the window out after OVER");
        }
        List<SortItem> orderBy = tokens.acceptWords("order", "by") ? windows.sortItems() : List.of();
        Optional<Place> arranged = arrangement();
        Optional<Long> offset = Optional.empty();
        Optional<Long> limit = Optional.empty();
        if (tokens.acceptWord("limit")) {
            arranged.ifPresent(at -> {
                throw new UntranslatableException(at, "LIMIT after SORT BY, CLUSTER BY or DISTRIBUTE BY is not translated: use ORDER BY");
            });
            limit = Optional.of(number());
            if (tokens.acceptSymbol(",")) {
                offset = limit;
                limit = Optional.of(number());
            }
            else if (tokens.acceptWord("offset")) {
                offset = Optional.of(number());
            }
        }
        return new Select(place, distinct, items.build(), from, where, groupBy, having, orderBy, offset, limit);
    }

    private SelectItem selectItem()
    {
        Place place = tokens.peek().place();
        if (tokens.acceptSymbol("*")) {
            return new Star(place, Optional.empty());
        }
        if (tokens.atName() && tokens.peek(1).isSymbol(".") && tokens.peek(2).isSymbol("*")) {
            String relation = tokens.expectName("a name");
            tokens.next();
            tokens.next();
            return new Star(place, Optional.of(relation));
        }
        Expression expression = expressions.expression();
        if (tokens.atWord("as") && tokens.peek(1).isSymbol("(")) {
            throw new UntranslatableException(place, "a function that gives several columns is translated in LATERAL VIEW only");
        }
        return new Item(expression, tokens.alias());
    }

    private List<Expression> groupBy()
    {
        List<Expression> keys = expressions.expressions();
        if (tokens.atWord("with") || tokens.atWord("grouping")) {
            throw new UntranslatableException(tokens.peek().place(), "ROLLUP, CUBE and GROUPING SETS are not translated");
        }
        return keys;
    }

    /**
     * How rows are spread over Hive's tasks, and sorted in each, is no part of what a view holds.
     */
    private Optional<Place> arrangement()
    {
        Optional<Place> place = Optional.empty();
        while ((tokens.atWord("sort") || tokens.atWord("cluster") || tokens.atWord("distribute")) && tokens.peek(1).isWord("by")) {
            place = Optional.of(tokens.next().place());
            tokens.next();
            windows.sortItems();
        }
        return place;
    }

    private Relation relations()
    {
        Relation left = lateralViews(relation());
        while (true) {
            Place place = tokens.peek().place();
            Optional<JoinKind> kind = joinKind();
            if (kind.isEmpty()) {
                return left;
            }
            Relation right = relation();
            Optional<Expression> condition = Optional.empty();
            if (tokens.atWord("using")) {
                throw new UntranslatableException(tokens.peek().place(), "USING is not translated: write the condition after ON");
            }
            if (tokens.acceptWord("on")) {
                condition = Optional.of(expressions.expression());
            }
            left = lateralViews(new Join(place, kind.get(), left, right, condition));
        }
    }

    private Optional<JoinKind> joinKind()
    {
        if (tokens.acceptSymbol(",") || tokens.acceptWords("cross", "join")) {
            return Optional.of(JoinKind.CROSS);
        }
        if (tokens.acceptWord("join") || tokens.acceptWords("inner", "join")) {
            return Optional.of(JoinKind.INNER);
        }
        if (tokens.atWord("natural")) {
            throw new UntranslatableException(tokens.peek().place(), "NATURAL JOIN is not translated: write the condition after ON");
        }
        if (tokens.acceptWords("left", "semi")) {
            tokens.expectWord("join");
            return Optional.of(JoinKind.LEFT_SEMI);
        }
        for (JoinKind kind : List.of(JoinKind.LEFT, JoinKind.RIGHT, JoinKind.FULL)) {
            if (tokens.acceptWord(kind.name())) {
                tokens.acceptWord("outer");
                tokens.expectWord("join");
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private Relation relation()
    {
        Place place = tokens.peek().place();
        if (tokens.acceptSymbol("(")) {
            if (!tokens.atWord("select") && !tokens.atWord("with") && !tokens.atWord("from") && !tokens.atSymbol("(")) {
                throw new UntranslatableException(place, "parentheses around a join are not translated");
            }
            Query query = query();
            tokens.expectSymbol(")");
            return new SubQuery(place, query, tokens.alias().orElseThrow(() -> tokens.unexpected("a query in FROM needs a name")));
        }
        String name = tokens.expectName("a table or a query");
        Optional<String> database = Optional.empty();
        if (tokens.acceptSymbol(".")) {
            database = Optional.of(name);
            name = tokens.expectName("a table");
        }
        if (tokens.atSymbol("(")) {
            throw new UntranslatableException(place, "a function in FROM is translated in LATERAL VIEW only");
        }
        if (tokens.atWord("tablesample")) {
            throw new UntranslatableException(tokens.peek().place(), "TABLESAMPLE is not translated");
        }
        return new NamedRelation(place, database, name, tokens.alias());
    }

    private Relation lateralViews(Relation input)
    {
        Relation relation = input;
        while (tokens.atWord("lateral")) {
            Place place = tokens.next().place();
            tokens.expectWord("view");
            boolean outer = tokens.acceptWord("outer");
            if (!(expressions.expression() instanceof Call function)) {
                throw new UntranslatableException(place, "LATERAL VIEW takes a function");
            }
            String alias = tokens.expectName("a name of what the function gives");
            ImmutableList.Builder<String> columns = ImmutableList.builder();
            if (tokens.acceptWord("as")) {
                do {
                    columns.add(tokens.expectName("a name"));
                }
                while (tokens.acceptSymbol(","));
            }
            relation = new LateralView(place, relation, outer, function, alias, columns.build());
        }
        return relation;
    }

    private long number()
    {
        Token token = tokens.next();
        if (token.kind() != NUMBER || !token.text().matches("[0-9]{1,18}")) {
            throw new UntranslatableException(token.place(), "a number is expected");
        }
        return Long.parseLong(token.text());
    }
}
