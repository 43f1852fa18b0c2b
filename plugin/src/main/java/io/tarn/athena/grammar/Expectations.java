package io.tarn.athena.grammar;

import com.google.common.collect.ImmutableMap;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the first token with which no statement goes on, and what could have stood there. The parser's own error is
 * often elsewhere: it decides for an alternative first, and fails within it.
 * <p>
 * All ways through the grammar are followed at once, token by token. Equal stacks are one object, so that the ways
 * do not multiply, and the work for a token is bounded by the size of the grammar and the depth of types.
 */
final class Expectations
{
    private static final Map<Integer, String> PHRASES = ImmutableMap.<Integer, String>builder()
            .put(AthenaDdlParser.RULE_databaseName, "a database name")
            .put(AthenaDdlParser.RULE_tableName, "a table name")
            .put(AthenaDdlParser.RULE_viewName, "a view name")
            .put(AthenaDdlParser.RULE_droppedTable, "a table name")
            .put(AthenaDdlParser.RULE_columnName, "a column name")
            .put(AthenaDdlParser.RULE_columnPath, "a column name")
            .put(AthenaDdlParser.RULE_fieldName, "a field name")
            .put(AthenaDdlParser.RULE_anyName, "a name")
            .put(AthenaDdlParser.RULE_word, "a name")
            .put(AthenaDdlParser.RULE_type, "a column type")
            .put(AthenaDdlParser.RULE_text, "a string in quotes")
            .put(AthenaDdlParser.RULE_wholeNumber, "a whole number")
            .put(AthenaDdlParser.RULE_constant, "a string in quotes or a number")
            .put(AthenaDdlParser.RULE_formatName, "a format such as PARQUET")
            .put(AthenaDdlParser.RULE_partitionField, "a partition column")
            .put(AthenaDdlParser.RULE_propertyKey, "a property's name in quotes")
            .put(AthenaDdlParser.RULE_propertyValue, "a property's value in quotes")
            .put(AthenaDdlParser.RULE_pathStep, "a field name")
            .buildOrThrow();

    /**
     * @param token with which nothing goes on
     * @param previous before it, or null at the beginning
     */
    record Failure(Token token, Token previous, List<String> expected) {}

    private record Position(ATNState state, Stack stack, boolean named) {}

    private static final class Stack
    {
        private final ATNState follow;
        private final Stack below;
        private final Map<ATNState, Stack> above = new HashMap<>();

        private Stack(ATNState follow, Stack below)
        {
            this.follow = follow;
            this.below = below;
        }

        private Stack push(ATNState state)
        {
            return above.computeIfAbsent(state, key -> new Stack(key, this));
        }
    }

    /**
     * What may come at a position.
     *
     * @param moves by one token each
     */
    private record Outlook(List<Move> moves, Set<String> phrases, Set<String> words) {}

    private record Move(Transition transition, Stack stack) {}

    private final ATN atn;
    private final Vocabulary vocabulary;
    // lists come back to the same positions with each of their elements
    private final Map<Position, Outlook> outlooks = new HashMap<>();

    private Expectations(ATN atn, Vocabulary vocabulary)
    {
        this.atn = atn;
        this.vocabulary = vocabulary;
    }

    /**
     * @param rule from which everything is to be derived
     * @param tokens without the hidden ones, the last is the end
     */
    static Failure find(AthenaDdlParser parser, int rule, List<? extends Token> tokens)
    {
        return new Expectations(parser.getATN(), parser.getVocabulary()).find(rule, tokens);
    }

    private Failure find(int rule, List<? extends Token> tokens)
    {
        Set<Position> positions = Set.of(new Position(atn.ruleToStartState[rule], new Stack(null, null), false));
        Token previous = null;
        for (Token token : tokens) {
            Set<Position> next = new HashSet<>();
            for (Position position : positions) {
                for (Move move : outlook(position).moves()) {
                    if (move.transition().matches(token.getType(), Token.MIN_USER_TOKEN_TYPE, atn.maxTokenType)) {
                        next.add(new Position(move.transition().target, move.stack(), false));
                    }
                }
            }
            if (next.isEmpty() || token.getType() == Token.EOF) {
                return new Failure(token, previous, expected(positions));
            }
            positions = next;
            previous = token;
        }
        throw new IllegalArgumentException("the last token is not the end");
    }

    private List<String> expected(Set<Position> positions)
    {
        Set<String> expected = new TreeSet<>();
        positions.forEach(position -> expected.addAll(outlook(position).words()));
        Set<String> all = new LinkedHashSet<>();
        positions.forEach(position -> all.addAll(outlook(position).phrases()));
        all.addAll(expected);
        return List.copyOf(all);
    }

    private Outlook outlook(Position start)
    {
        Outlook known = outlooks.get(start);
        if (known != null) {
            return known;
        }
        Outlook outlook = new Outlook(new ArrayList<>(), new TreeSet<>(), new TreeSet<>());
        Set<Position> seen = new HashSet<>(Set.of(start));
        Deque<Position> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Position position = open.pop();
            if (position.state() instanceof RuleStopState) {
                if (position.stack().follow != null) {
                    add(new Position(position.stack().follow, position.stack().below, position.named()), seen, open);
                }
                continue;
            }
            for (Transition transition : position.state().getTransitions()) {
                if (transition instanceof RuleTransition call) {
                    String phrase = PHRASES.get(call.target.ruleIndex);
                    if (phrase != null && !position.named()) {
                        outlook.phrases().add(phrase);
                    }
                    add(new Position(call.target, position.stack().push(call.followState), position.named() || phrase != null), seen, open);
                }
                else if (transition.isEpsilon()) {
                    add(new Position(transition.target, position.stack(), position.named()), seen, open);
                }
                else {
                    outlook.moves().add(new Move(transition, position.stack()));
                    if (!position.named()) {
                        transition.label().toList().forEach(type -> addWord(type, outlook.words()));
                    }
                }
            }
        }
        outlooks.put(start, outlook);
        return outlook;
    }

    private void addWord(int type, Set<String> words)
    {
        switch (type) {
            case Token.EOF -> words.add("the end of the statement");
            // these have more than one spelling, and so no name of their own
            case AthenaDdlParser.INTEGER, AthenaDdlParser.DECIMAL -> words.add("a number");
            case AthenaDdlParser.EQUAL -> words.add("'='");
            case AthenaDdlParser.NOT_EQUAL -> words.add("'<>'");
            // only a double may be followed by it
            case AthenaDdlParser.PRECISION -> {}
            default -> {
                String literal = Objects.requireNonNullElse(vocabulary.getLiteralName(type), vocabulary.getSymbolicName(type));
                // a dot may follow every name, and says nothing; a hyphen follows what needs quotes
                if (!literal.equals("'.'") && !literal.equals("'-'")) {
                    words.add(Character.isLetter(literal.charAt(1)) ? literal.replace("'", "") : literal);
                }
            }
        }
    }

    private static void add(Position position, Set<Position> seen, Deque<Position> open)
    {
        if (seen.add(position)) {
            open.push(position);
        }
    }
}
