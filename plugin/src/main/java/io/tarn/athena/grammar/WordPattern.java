package io.tarn.athena.grammar;

import com.google.common.base.Splitter;
import io.tarn.athena.grammar.Lexeme.Kind;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The words that a statement begins with. Besides words in upper case, {@code A|B} and {@code [OPTIONAL]}, a pattern
 * has {@code <name>} for a name with dots, {@code <partition>} for {@code PARTITION (...)}, {@code <any>} for
 * anything outside of parentheses, and {@code <end>}.
 */
final class WordPattern
{
    private record Item(List<String> alternatives, boolean optional) {}

    private final List<Item> items;

    private WordPattern(List<Item> items)
    {
        this.items = items;
    }

    static WordPattern pattern(String words)
    {
        return new WordPattern(Splitter.on(' ').splitToStream(words)
                .map(word -> {
                    boolean optional = word.startsWith("[");
                    String bare = optional ? word.substring(1, word.length() - 1) : word;
                    return new Item(Splitter.on('|').splitToList(bare), optional);
                })
                .collect(toImmutableList()));
    }

    boolean matches(String text, List<Lexeme> lexemes)
    {
        int index = 0;
        for (int item = 0; item < items.size(); item++) {
            Item expected = items.get(item);
            if (expected.alternatives().contains("<any>")) {
                return matchesLater(text, lexemes, index, items.subList(item + 1, items.size()));
            }
            int next = skip(text, lexemes, index, expected);
            if (next < 0 && !expected.optional()) {
                return false;
            }
            index = Math.max(index, next);
        }
        return true;
    }

    private static boolean matchesLater(String text, List<Lexeme> lexemes, int start, List<Item> words)
    {
        int depth = 0;
        for (int index = start; index < lexemes.size(); index++) {
            Lexeme lexeme = lexemes.get(index);
            if (lexeme.isSymbol(text, '(')) {
                depth++;
            }
            else if (lexeme.isSymbol(text, ')')) {
                depth--;
            }
            else if (depth == 0 && beginsAt(text, lexemes, index, words)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsAt(String text, List<Lexeme> lexemes, int start, List<Item> words)
    {
        int index = start;
        for (Item word : words) {
            index = skip(text, lexemes, index, word);
            if (index < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The index after what was expected, or -1 if something else stands there.
     */
    private static int skip(String text, List<Lexeme> lexemes, int index, Item expected)
    {
        return switch (expected.alternatives().getFirst()) {
            case "<name>" -> skipName(text, lexemes, index);
            case "<partition>" -> skipPartition(text, lexemes, index);
            case "<end>" -> index == lexemes.size() ? index : -1;
            default -> {
                boolean fits = index < lexemes.size() &&
                        expected.alternatives().stream().anyMatch(word -> lexemes.get(index).isWord(text, word));
                yield fits ? index + 1 : -1;
            }
        };
    }

    private static int skipName(String text, List<Lexeme> lexemes, int start)
    {
        int index = start;
        while (index < lexemes.size() && (lexemes.get(index).kind() == Kind.WORD || lexemes.get(index).kind() == Kind.QUOTED)) {
            index++;
            if (index == lexemes.size() || !lexemes.get(index).isSymbol(text, '.')) {
                return index;
            }
            index++;
        }
        return -1;
    }

    private static int skipPartition(String text, List<Lexeme> lexemes, int start)
    {
        if (start + 1 >= lexemes.size() || !lexemes.get(start).isWord(text, "PARTITION") || !lexemes.get(start + 1).isSymbol(text, '(')) {
            return -1;
        }
        for (int index = start + 2; index < lexemes.size(); index++) {
            if (lexemes.get(index).isSymbol(text, ')')) {
                return index + 1;
            }
        }
        return -1;
    }
}
