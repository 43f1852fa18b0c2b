package io.tarn.view.hive;

import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.tarn.view.hive.Token.Kind.END;
import static io.tarn.view.hive.Token.Kind.QUOTED_NAME;
import static io.tarn.view.hive.Token.Kind.SYMBOL;
import static io.tarn.view.hive.Token.Kind.WORD;

/**
 * Goes through the tokens of a text.
 */
final class TokenCursor
{
    // the text comes from outside, and both parsing and translating recurse
    private static final int MAX_NESTING = 100;

    // words that end an expression or a relation, so that none of them is taken for an alias
    private static final Set<String> RESERVED = ImmutableSet.of(
            "all",
            "and",
            "as",
            "between",
            "by",
            "case",
            "cast",
            "cluster",
            "cross",
            "distinct",
            "distribute",
            "div",
            "else",
            "end",
            "except",
            "exists",
            "from",
            "full",
            "group",
            "having",
            "if",
            "in",
            "inner",
            "intersect",
            "is",
            "join",
            "lateral",
            "left",
            "like",
            "limit",
            "minus",
            "natural",
            "not",
            "null",
            "offset",
            "on",
            "or",
            "order",
            "outer",
            "over",
            "partition",
            "regexp",
            "right",
            "rlike",
            "select",
            "semi",
            "sort",
            "tablesample",
            "then",
            "union",
            "using",
            "view",
            "when",
            "where",
            "window",
            "with");

    private final List<Token> tokens;
    private int position;
    private int nesting;

    TokenCursor(String text)
    {
        this.tokens = HiveLexer.tokens(text);
    }

    Token peek()
    {
        return tokens.get(position);
    }

    Token peek(int ahead)
    {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next()
    {
        Token token = peek();
        if (token.kind() != END) {
            position++;
        }
        return token;
    }

    boolean atWord(String word)
    {
        return peek().isWord(word);
    }

    boolean atSymbol(String symbol)
    {
        return peek().isSymbol(symbol);
    }

    boolean acceptWord(String word)
    {
        if (!atWord(word)) {
            return false;
        }
        position++;
        return true;
    }

    boolean acceptWords(String first, String second)
    {
        if (!atWord(first) || !peek(1).isWord(second)) {
            return false;
        }
        position += 2;
        return true;
    }

    boolean acceptSymbol(String symbol)
    {
        if (!atSymbol(symbol)) {
            return false;
        }
        position++;
        return true;
    }

    void expectWord(String word)
    {
        if (!acceptWord(word)) {
            throw unexpected(word.toUpperCase(Locale.ENGLISH) + " is expected");
        }
    }

    void expectSymbol(String symbol)
    {
        if (!acceptSymbol(symbol)) {
            throw unexpected("'%s' is expected".formatted(symbol));
        }
    }

    void expectEnd()
    {
        if (peek().kind() != END) {
            throw unexpected("the text should end here");
        }
    }

    boolean atName()
    {
        return peek().kind() == QUOTED_NAME || (peek().kind() == WORD && !RESERVED.contains(peek().text().toLowerCase(Locale.ENGLISH)));
    }

    /**
     * @return in lower case, as the catalogue keeps names
     */
    String expectName(String what)
    {
        if (!atName()) {
            throw unexpected(what + " is expected");
        }
        return next().text().toLowerCase(Locale.ENGLISH);
    }

    Optional<String> alias()
    {
        if (acceptWord("as")) {
            return Optional.of(expectName("a name"));
        }
        return atName() ? Optional.of(expectName("a name")) : Optional.empty();
    }

    void enter()
    {
        nesting++;
        if (nesting > MAX_NESTING) {
            throw new UntranslatableException(peek().place(), "the text is nested more than %s levels deep".formatted(MAX_NESTING));
        }
    }

    void leave()
    {
        nesting--;
    }

    UntranslatableException unexpected(String expected)
    {
        String found = peek().kind() == SYMBOL || peek().kind() == WORD || peek().kind() == END ? peek().toString() : "this";
        return new UntranslatableException(peek().place(), "%s is not understood: %s".formatted(found, expected));
    }
}
