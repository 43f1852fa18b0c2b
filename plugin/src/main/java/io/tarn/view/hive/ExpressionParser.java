package io.tarn.view.hive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tarn.view.hive.Expression.Call;
import io.tarn.view.hive.Expression.Case;
import io.tarn.view.hive.Expression.Constant;
import io.tarn.view.hive.Expression.Element;
import io.tarn.view.hive.Expression.Exists;
import io.tarn.view.hive.Expression.Field;
import io.tarn.view.hive.Expression.InQuery;
import io.tarn.view.hive.Expression.Name;
import io.tarn.view.hive.Expression.Operation;
import io.tarn.view.hive.Expression.When;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import static io.tarn.view.hive.Token.Kind.STRING;
import static io.tarn.view.hive.Token.Kind.WORD;
import static java.util.Objects.requireNonNull;

/**
 * Reads expressions, with the precedence that Hive gives its operators.
 */
final class ExpressionParser
{
    private static final Set<String> COMPARISONS = ImmutableSet.of("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>");
    // from the loosest, below comparisons
    private static final List<Set<String>> BINARY_OPERATORS = List.of(
            ImmutableSet.of("|"),
            ImmutableSet.of("&"),
            ImmutableSet.of("||"),
            ImmutableSet.of("+", "-"),
            ImmutableSet.of("*", "/", "%", "div"),
            ImmutableSet.of("^"));
    private static final Set<String> WORDS_THAT_BEGIN = ImmutableSet.of("if", "left", "right");

    private final TokenCursor tokens;
    private final Supplier<Query> queries;
    // versions of Hive differ in how tightly IS binds, so that its operand must leave no question
    private final Set<Expression> parenthesized = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param queries reads a query that is nested in an expression
     */
    ExpressionParser(TokenCursor tokens, Supplier<Query> queries)
    {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.queries = requireNonNull(queries, "queries is null");
    }

    Expression expression()
    {
        tokens.enter();
        Expression left = conjunction();
        while (tokens.atWord("or")) {
            Place place = tokens.next().place();
            left = new Operation(place, "OR", List.of(left, conjunction()));
        }
        tokens.leave();
        return left;
    }

    List<Expression> expressions()
    {
        ImmutableList.Builder<Expression> expressions = ImmutableList.builder();
        do {
            expressions.add(expression());
        }
        while (tokens.acceptSymbol(","));
        return expressions.build();
    }

    private Expression conjunction()
    {
        Expression left = negation();
        while (tokens.atWord("and")) {
            Place place = tokens.next().place();
            left = new Operation(place, "AND", List.of(left, negation()));
        }
        return left;
    }

    private Expression negation()
    {
        if (tokens.atWord("not")) {
            tokens.enter();
            Place place = tokens.next().place();
            Expression operand = negation();
            tokens.leave();
            return new Operation(place, "NOT", List.of(operand));
        }
        return predicate();
    }

    private Expression predicate()
    {
        Expression left = binary(0);
        Token token = tokens.peek();
        if (COMPARISONS.contains(token.text()) && token.kind() == Token.Kind.SYMBOL) {
            tokens.next();
            Expression right = binary(0);
            requireClear(left);
            requireClear(right);
            if (COMPARISONS.contains(tokens.peek().text())) {
                throw new UntranslatableException(tokens.peek().place(), "a comparison of a comparison needs parentheses");
            }
            return new Operation(token.place(), token.text(), List.of(left, right));
        }
        boolean not = token.isWord("not");
        Token word = not ? tokens.peek(1) : token;
        if (word.isWord("between") || word.isWord("in") || word.isWord("like") || word.isWord("rlike") || word.isWord("regexp")) {
            requireClear(left);
            if (not) {
                tokens.next();
            }
            Expression predicate = predicate(left, tokens.next());
            if (not && predicate instanceof InQuery) {
                throw new UntranslatableException(token.place(), "NOT IN with a query is not translated: versions of Hive differ where it gives NULL. Use NOT EXISTS");
            }
            return not ? new Operation(token.place(), "NOT", List.of(predicate)) : predicate;
        }
        return left;
    }

    private Expression predicate(Expression left, Token word)
    {
        Place place = word.place();
        return switch (word.text().toLowerCase(Locale.ENGLISH)) {
            case "between" -> {
                Expression low = binary(0);
                tokens.expectWord("and");
                yield new Operation(place, "BETWEEN", List.of(left, low, binary(0)));
            }
            case "in" -> {
                tokens.expectSymbol("(");
                Expression in;
                if (atQuery()) {
                    in = new InQuery(place, left, queries.get());
                }
                else {
                    in = new Operation(place, "IN", ImmutableList.<Expression>builder().add(left).addAll(expressions()).build());
                }
                tokens.expectSymbol(")");
                yield in;
            }
            case "like" -> {
                if (tokens.atWord("any") || tokens.atWord("all")) {
                    throw new UntranslatableException(place, "LIKE %s is not translated".formatted(tokens.peek().text().toUpperCase(Locale.ENGLISH)));
                }
                yield new Operation(place, "LIKE", List.of(left, binary(0)));
            }
            default -> new Operation(place, "RLIKE", List.of(left, binary(0)));
        };
    }

    private Expression binary(int level)
    {
        if (level == BINARY_OPERATORS.size()) {
            return suffixed();
        }
        Expression left = binary(level + 1);
        while (BINARY_OPERATORS.get(level).contains(tokens.peek().text().toLowerCase(Locale.ENGLISH)) && (tokens.peek().kind() == Token.Kind.SYMBOL || tokens.peek().kind() == WORD)) {
            Token operator = tokens.next();
            Expression right = binary(level + 1);
            requireClear(left);
            requireClear(right);
            left = new Operation(operator.place(), operator.text().toUpperCase(Locale.ENGLISH), List.of(left, right));
        }
        if (tokens.atWord("is") && left instanceof Operation && !parenthesized.contains(left)) {
            throw new UntranslatableException(tokens.peek().place(), "IS needs parentheses around what is left of it");
        }
        return left;
    }

    private Expression suffixed()
    {
        Expression operand = unary();
        if (!tokens.atWord("is") || (operand instanceof Operation && !parenthesized.contains(operand))) {
            return operand;
        }
        Place place = tokens.next().place();
        boolean not = tokens.acceptWord("not");
        if (tokens.acceptWord("null")) {
            return new Operation(place, not ? "IS NOT NULL" : "IS NULL", List.of(operand));
        }
        throw tokens.unexpected("after IS, only NULL is");
    }

    private Expression unary()
    {
        Token token = tokens.peek();
        if (token.isSymbol("-") || token.isSymbol("+") || token.isSymbol("~")) {
            tokens.enter();
            tokens.next();
            Expression operand = unary();
            tokens.leave();
            return new Operation(token.place(), token.text(), List.of(operand));
        }
        return postfix();
    }

    private Expression postfix()
    {
        Expression base = primary();
        while (true) {
            Place place = tokens.peek().place();
            if (tokens.acceptSymbol(".")) {
                base = new Field(place, base, fieldName());
            }
            else if (tokens.acceptSymbol("[")) {
                base = new Element(place, base, expression());
                tokens.expectSymbol("]");
            }
            else {
                return base;
            }
        }
    }

    private String fieldName()
    {
        // after a dot no word is a keyword
        if (tokens.peek().kind() == WORD || tokens.peek().kind() == Token.Kind.QUOTED_NAME) {
            return tokens.next().text().toLowerCase(Locale.ENGLISH);
        }
        throw tokens.unexpected("a name is expected");
    }

    private Expression primary()
    {
        Token token = tokens.peek();
        Place place = token.place();
        if (token.kind() == STRING && tokens.peek(1).kind() == STRING) {
            throw new UntranslatableException(tokens.peek(1).place(), "two strings side by side are not translated: use concat");
        }
        Optional<Constant> constant = Constants.accept(tokens);
        if (constant.isPresent()) {
            return constant.get();
        }
        if (tokens.acceptSymbol("(")) {
            if (atQuery()) {
                throw new UntranslatableException(place, "a query as a value is not translated");
            }
            Expression inner = expression();
            tokens.expectSymbol(")");
            parenthesized.add(inner);
            return inner;
        }
        if (tokens.atWord("case")) {
            return caseExpression();
        }
        if (tokens.atWord("cast") && tokens.peek(1).isSymbol("(")) {
            tokens.next();
            tokens.next();
            Expression value = expression();
            tokens.expectWord("as");
            Expression cast = new Expression.Cast(place, value, CastTypes.expect(tokens));
            tokens.expectSymbol(")");
            return cast;
        }
        if (tokens.atWord("exists") && tokens.peek(1).isSymbol("(")) {
            tokens.next();
            tokens.next();
            Query query = queries.get();
            tokens.expectSymbol(")");
            return new Exists(place, query);
        }
        if (tokens.peek(1).isSymbol("(") && (tokens.atName() || (token.kind() == WORD && WORDS_THAT_BEGIN.contains(token.text().toLowerCase(Locale.ENGLISH))))) {
            tokens.next();
            return call(place, token.text().toLowerCase(Locale.ENGLISH));
        }
        if (tokens.atName()) {
            return new Name(place, tokens.expectName("a name"));
        }
        throw tokens.unexpected("an expression is expected");
    }

    private Expression call(Place place, String name)
    {
        tokens.expectSymbol("(");
        boolean distinct = false;
        boolean star = false;
        List<Expression> arguments = List.of();
        if (tokens.acceptSymbol("*")) {
            star = true;
        }
        else if (!tokens.atSymbol(")")) {
            distinct = tokens.acceptWord("distinct");
            arguments = expressions();
        }
        tokens.expectSymbol(")");
        Optional<Expression.Window> window = tokens.atWord("over") ? Optional.of(new WindowParser(tokens, this).window()) : Optional.empty();
        return new Call(place, name, arguments, distinct, star, window);
    }

    private Expression caseExpression()
    {
        Place place = tokens.next().place();
        Optional<Expression> operand = tokens.atWord("when") ? Optional.empty() : Optional.of(expression());
        ImmutableList.Builder<When> whens = ImmutableList.builder();
        do {
            tokens.expectWord("when");
            Expression condition = expression();
            tokens.expectWord("then");
            whens.add(new When(condition, expression()));
        }
        while (tokens.atWord("when"));
        Optional<Expression> otherwise = tokens.acceptWord("else") ? Optional.of(expression()) : Optional.empty();
        tokens.expectWord("end");
        return new Case(place, operand, whens.build(), otherwise);
    }

    private boolean atQuery()
    {
        return tokens.atWord("select") || tokens.atWord("with") || tokens.atWord("from");
    }

    private void requireClear(Expression operand)
    {
        if (operand instanceof Operation operation && operation.operator().startsWith("IS ") && !parenthesized.contains(operand)) {
            throw new UntranslatableException(operand.place(), "IS needs parentheses around it here");
        }
    }
}
