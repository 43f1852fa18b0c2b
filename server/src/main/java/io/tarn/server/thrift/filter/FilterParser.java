package io.tarn.server.thrift.filter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.server.thrift.filter.Filter.Operator;
import io.tarn.server.thrift.filter.Token.Kind;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Locale.ENGLISH;

/**
 * The language of Hive's partition filters: comparisons of a key with a literal, on either side; {@code LIKE},
 * {@code IN}, {@code BETWEEN}, each also after {@code NOT}; {@code AND} before {@code OR}; parentheses.
 *
 * @see <a href="https://github.com/apache/hive/blob/master/standalone-metastore/metastore-server/src/main/java/org/apache/hadoop/hive/metastore/parser">Hive's grammar</a>
 */
final class FilterParser
{
    private static final int MAX_DEPTH = 200;
    private static final Map<String, Operator> OPERATORS = Map.of(
            "=", Operator.EQUAL,
            "==", Operator.EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<>", Operator.NOT_EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private final List<Token> tokens;
    private final Set<String> keys;
    private int index;
    private int depth;

    private FilterParser(List<Token> tokens, List<String> keys)
    {
        this.tokens = tokens;
        this.keys = ImmutableSet.copyOf(keys);
    }

    /**
     * @param keys the table's partition keys, in lower case
     */
    static Filter parse(String text, List<String> keys)
            throws FilterException
    {
        FilterParser parser = new FilterParser(new Tokenizer(text).tokens(), keys);
        Filter filter = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("AND, OR or the end");
        }
        return filter;
    }

    private Filter or()
            throws FilterException
    {
        ImmutableList.Builder<Filter> parts = ImmutableList.builder();
        parts.add(and());
        while (accept("OR")) {
            parts.add(and());
        }
        List<Filter> all = parts.build();
        return all.size() == 1 ? all.getFirst() : new Filter.Or(all);
    }

    private Filter and()
            throws FilterException
    {
        ImmutableList.Builder<Filter> parts = ImmutableList.builder();
        parts.add(part());
        while (accept("AND")) {
            parts.add(part());
        }
        List<Filter> all = parts.build();
        return all.size() == 1 ? all.getFirst() : new Filter.And(all);
    }

    private Filter part()
            throws FilterException
    {
        if (++depth > MAX_DEPTH) {
            throw new FilterException("The filter is nested more than %s deep".formatted(MAX_DEPTH));
        }
        try {
            if (accept("NOT")) {
                return new Filter.Not(part());
            }
            // in Hive's grammar the key of IN is in parentheses
            if (peek().isSymbol("(") && !(isName(peek(1)) && peek(2).isSymbol(")"))) {
                next();
                Filter filter = or();
                expect(")");
                return filter;
            }
            return condition();
        }
        finally {
            depth--;
        }
    }

    private Filter condition()
            throws FilterException
    {
        if (isLiteral()) {
            String value = literal();
            Operator operator = operator();
            return new Filter.Comparison(key(), operator.mirrored(), value);
        }
        boolean parenthesised = peek().isSymbol("(");
        if (parenthesised) {
            next();
        }
        String key = key();
        if (parenthesised) {
            expect(")");
        }
        boolean negated = accept("NOT");
        Filter filter = condition(key, negated);
        return negated ? new Filter.Not(filter) : filter;
    }

    private Filter condition(String key, boolean negated)
            throws FilterException
    {
        if (accept("BETWEEN")) {
            String low = literal();
            if (!accept("AND")) {
                throw unexpected("AND");
            }
            return new Filter.Between(key, low, literal());
        }
        if (accept("IN")) {
            return new Filter.In(key, literals());
        }
        if (accept("LIKE")) {
            return new Filter.Comparison(key, Operator.LIKE, literal());
        }
        if (negated) {
            throw unexpected("BETWEEN, IN or LIKE");
        }
        return new Filter.Comparison(key, operator(), literal());
    }

    private List<String> literals()
            throws FilterException
    {
        ImmutableList.Builder<String> values = ImmutableList.builder();
        expect("(");
        do {
            values.add(literal());
        }
        while (acceptSymbol(","));
        expect(")");
        return values.build();
    }

    private Operator operator()
            throws FilterException
    {
        if (accept("LIKE")) {
            return Operator.LIKE;
        }
        Operator operator = peek().kind() == Kind.SYMBOL ? OPERATORS.get(peek().text()) : null;
        if (operator == null) {
            throw unexpected("a comparison");
        }
        next();
        return operator;
    }

    private String key()
            throws FilterException
    {
        if (!isName(peek())) {
            throw unexpected("a partition key");
        }
        String key = next().text().toLowerCase(ENGLISH);
        if (!keys.contains(key)) {
            throw new FilterException("The filter names '%s', which is none of the partition keys %s".formatted(key, keys));
        }
        return key;
    }

    private static boolean isName(Token token)
    {
        return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME;
    }

    private boolean isLiteral()
    {
        return peek().kind() == Kind.LITERAL || (isTypeOfLiteral(peek()) && peek(1).kind() == Kind.LITERAL);
    }

    private String literal()
            throws FilterException
    {
        if (!isLiteral()) {
            throw unexpected("a value");
        }
        if (peek().kind() == Kind.WORD) {
            next();
        }
        return next().text();
    }

    private static boolean isTypeOfLiteral(Token token)
    {
        return token.is("DATE") || token.is("TIMESTAMP");
    }

    private boolean accept(String word)
    {
        if (peek().is(word)) {
            next();
            return true;
        }
        return false;
    }

    private boolean acceptSymbol(String symbol)
    {
        if (peek().isSymbol(symbol)) {
            next();
            return true;
        }
        return false;
    }

    private void expect(String symbol)
            throws FilterException
    {
        if (!acceptSymbol(symbol)) {
            throw unexpected(symbol);
        }
    }

    private Token peek()
    {
        return peek(0);
    }

    private Token peek(int ahead)
    {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    private Token next()
    {
        Token token = peek();
        index++;
        return token;
    }

    private FilterException unexpected(String expected)
    {
        return new FilterException("The filter has '%s' at position %s where %s is expected".formatted(peek().text(), peek().position() + 1, expected));
    }
}
