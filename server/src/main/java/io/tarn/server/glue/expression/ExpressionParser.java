package io.tarn.server.glue.expression;

import com.google.common.collect.ImmutableList;
import io.tarn.server.glue.expression.Condition.And;
import io.tarn.server.glue.expression.Condition.Compare;
import io.tarn.server.glue.expression.Condition.In;
import io.tarn.server.glue.expression.Condition.IsNull;
import io.tarn.server.glue.expression.Condition.Like;
import io.tarn.server.glue.expression.Condition.Not;
import io.tarn.server.glue.expression.Condition.Or;
import io.tarn.server.glue.expression.PartitionExpression.Key;
import io.tarn.server.glue.expression.Token.Kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.tarn.server.glue.expression.ExpressionException.at;
import static java.util.stream.Collectors.joining;

/**
 * A recursive-descent parser; one per expression.
 */
final class ExpressionParser
{
    private static final int MAX_DEPTH = 100;

    private static final Map<String, Operator> OPERATORS = Map.of(
            "=", Operator.EQUAL,
            "<>", Operator.NOT_EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private final List<Token> tokens;
    private final List<Key> keys;
    private int next;
    private int depth;

    ExpressionParser(String text, List<Key> keys)
    {
        this.tokens = Tokenizer.tokens(text);
        this.keys = ImmutableList.copyOf(keys);
    }

    Condition parse()
    {
        Condition condition = disjunction();
        if (peek().kind() != Kind.END) {
            throw at(peek().position(), "expected AND, OR or the end, found %s".formatted(peek().describe()));
        }
        return condition;
    }

    private Condition disjunction()
    {
        return terms("OR", this::conjunction, Or::new);
    }

    private Condition conjunction()
    {
        return terms("AND", this::negation, And::new);
    }

    private Condition terms(String keyword, Supplier<Condition> term, Function<List<Condition>, Condition> joined)
    {
        Condition first = term.get();
        if (!peek().isKeyword(keyword)) {
            return first;
        }
        ImmutableList.Builder<Condition> terms = ImmutableList.<Condition>builder().add(first);
        while (accept(keyword)) {
            terms.add(term.get());
        }
        return joined.apply(terms.build());
    }

    private Condition negation()
    {
        if (++depth > MAX_DEPTH) {
            throw at(peek().position(), "NOT and parentheses are nested deeper than %s".formatted(MAX_DEPTH));
        }
        Condition condition;
        if (peek().isKeyword("NOT")) {
            next++;
            condition = new Not(negation());
        }
        else if (peek().isSymbol("(")) {
            next++;
            condition = disjunction();
            expect(")");
        }
        else {
            condition = predicate();
        }
        depth--;
        return condition;
    }

    private Condition predicate()
    {
        Token first = peek();
        Optional<Token> leading = literal();
        if (leading.isPresent()) {
            Operator operator = operator().flip();
            return compare(column(), operator, leading.get());
        }
        if (first.kind() != Kind.WORD && first.kind() != Kind.QUOTED_WORD) {
            throw at(first.position(), "expected a partition key, found %s".formatted(first.describe()));
        }

        KeyColumn column = column();
        if (accept("IS")) {
            boolean negated = accept("NOT");
            expect("NULL");
            return negate(negated, new IsNull(column));
        }
        boolean negated = accept("NOT");
        if (accept("IN")) {
            return negate(negated, in(column));
        }
        if (accept("BETWEEN")) {
            Condition low = compare(column, Operator.GREATER_OR_EQUAL, requireLiteral());
            expect("AND");
            return negate(negated, new And(List.of(low, compare(column, Operator.LESS_OR_EQUAL, requireLiteral()))));
        }
        if (accept("LIKE")) {
            return negate(negated, like(column));
        }
        if (negated) {
            throw at(peek().position(), "expected IN, BETWEEN or LIKE after NOT, found %s".formatted(peek().describe()));
        }
        Operator operator = operator();
        return compare(column, operator, requireLiteral());
    }

    private static Condition negate(boolean negated, Condition condition)
    {
        return negated ? new Not(condition) : condition;
    }

    private Condition compare(KeyColumn column, Operator operator, Token literal)
    {
        // how Trino and Hive ask for null
        if (literal.text().equals(PartitionExpression.NULL_VALUE) && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)) {
            return negate(operator == Operator.NOT_EQUAL, new IsNull(column));
        }
        return new Compare(column, operator, typed(column, literal));
    }

    private Condition in(KeyColumn column)
    {
        expect("(");
        ImmutableList.Builder<Comparable<?>> literals = ImmutableList.builder();
        boolean matchesNull = false;
        do {
            Token literal = requireLiteral();
            if (literal.text().equals(PartitionExpression.NULL_VALUE)) {
                matchesNull = true;
            }
            else {
                literals.add(typed(column, literal));
            }
        }
        while (accept(","));
        expect(")");
        In in = new In(column, literals.build());
        return matchesNull ? new Or(List.of(new IsNull(column), in)) : in;
    }

    private Condition like(KeyColumn column)
    {
        Token pattern = requireLiteral();
        if (column.type() != KeyType.STRING || pattern.kind() != Kind.STRING) {
            throw at(pattern.position(), "LIKE compares a key of a string type with a string, %s is a %s".formatted(column.name(), column.type()));
        }
        return Like.of(column, pattern.text());
    }

    private static Comparable<?> typed(KeyColumn column, Token literal)
    {
        return column.type().parse(literal.text(), "Invalid expression at position %s: the literal for %s".formatted(literal.position() + 1, column.name()));
    }

    private KeyColumn column()
    {
        Token token = tokens.get(next);
        if (token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_WORD) {
            for (int index = 0; index < keys.size(); index++) {
                if (keys.get(index).name().equalsIgnoreCase(token.text())) {
                    next++;
                    return new KeyColumn(keys.get(index).name(), index, KeyType.of(keys.get(index).type()));
                }
            }
        }
        throw at(token.position(), "%s is not a partition key; the table has %s".formatted(
                token.describe(),
                keys.stream().map(Key::name).collect(joining(", ", "[", "]"))));
    }

    private Operator operator()
    {
        Token token = peek();
        Operator operator = token.kind() == Kind.SYMBOL ? OPERATORS.get(token.text()) : null;
        if (operator == null) {
            throw at(token.position(), "expected a comparison, found %s".formatted(token.describe()));
        }
        next++;
        return operator;
    }

    private Token requireLiteral()
    {
        return literal().orElseThrow(() -> at(peek().position(), "expected a literal, found %s".formatted(peek().describe())));
    }

    private Optional<Token> literal()
    {
        Token token = peek();
        boolean typed = token.isKeyword("DATE") || token.isKeyword("TIMESTAMP");
        if (typed && tokens.get(next + 1).kind() == Kind.STRING) {
            next += 2;
            return Optional.of(tokens.get(next - 1));
        }
        boolean bool = (token.isKeyword("TRUE") || token.isKeyword("FALSE")) && keys.stream().noneMatch(key -> key.name().equalsIgnoreCase(token.text()));
        if (token.kind() == Kind.STRING || token.kind() == Kind.NUMBER || bool) {
            next++;
            return Optional.of(token);
        }
        return Optional.empty();
    }

    private Token peek()
    {
        return tokens.get(next);
    }

    private boolean accept(String word)
    {
        if (peek().isKeyword(word) || peek().isSymbol(word)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String word)
    {
        if (!accept(word)) {
            throw at(peek().position(), "expected %s, found %s".formatted(word, peek().describe()));
        }
    }
}
