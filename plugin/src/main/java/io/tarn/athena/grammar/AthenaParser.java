package io.tarn.athena.grammar;

import io.tarn.athena.grammar.Expectations.Failure;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.DataType;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.misc.ParseCancellationException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.base.Utf8.encodedLength;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads statements as Athena takes them.
 */
public final class AthenaParser
{
    /**
     * The longest statement of DDL in bytes of UTF-8, as Athena's service quota has it. Queries are not held to it
     * here, as they run elsewhere whatever their length.
     */
    public static final int LONGEST_STATEMENT = 262_144;

    private AthenaParser() {}

    /**
     * Reads one statement, with or without a semicolon after it.
     *
     * @throws AthenaSyntaxException if the text is no statement of Athena, more than one, longer than Athena takes,
     *         or has types that are nested deeper than any table's
     */
    public static AthenaStatement parse(String text)
    {
        List<StatementText> statements = StatementSplitter.split(text);
        if (statements.isEmpty()) {
            throw new AthenaSyntaxException(1, 1, "", "expected a statement, found nothing but blanks and comments");
        }
        if (statements.size() > 1) {
            StatementText second = statements.get(1);
            throw new AthenaSyntaxException(second.line(), second.column(), "", "expected one statement, found another one after its semicolon");
        }
        return parse(statements.getFirst());
    }

    /**
     * Reads one statement of a list; places in errors are those of the list.
     *
     * @throws AthenaSyntaxException as {@link #parse(String)}
     */
    public static AthenaStatement parse(StatementText statement)
    {
        String text = statement.text();
        SyntaxErrors errors = new SyntaxErrors("", statement.line(), statement.column());
        Beginnings beginnings = new Beginnings(text);
        Optional<AthenaStatement> other = beginnings.statement();
        if (other.isPresent()) {
            return other.get();
        }
        checkLength(text, errors);
        Optional<Beginnings.Condition> condition = beginnings.optimizeCondition();
        String ddl = condition.map(where -> text.substring(0, where.start())).orElse(text);
        List<Token> tokens = DdlTokens.read(ddl, errors);
        SyntaxErrors named = errors.of(StatementTerms.of(tokens));
        AthenaDdlParser.StatementContext tree = tree(tokens, AthenaDdlParser.RULE_singleStatement, AthenaDdlParser::singleStatement, named).statement();
        if (condition.isPresent() && condition.get().text().isEmpty()) {
            throw named.at(tokens.getLast(), "expected a condition after WHERE, found the end of the statement");
        }
        return new Statements(named).read(tree, condition.map(Beginnings.Condition::text));
    }

    /**
     * Reads the type of a column as DDL and the catalogue write it, such as {@code array<struct<a:int>>}.
     *
     * @throws AthenaSyntaxException if it is none, or nested deeper than any table's
     */
    public static DataType parseType(String text)
    {
        SyntaxErrors errors = new SyntaxErrors("column type", 1, 1);
        checkLength(text, errors);
        List<Token> tokens = DdlTokens.read(text, errors);
        return new DataTypes(errors).type(tree(tokens, AthenaDdlParser.RULE_singleType, AthenaDdlParser::singleType, errors).type());
    }

    private static void checkLength(String text, SyntaxErrors errors)
    {
        // a character takes at least one byte, and at most three
        if (text.length() <= LONGEST_STATEMENT / 3) {
            return;
        }
        if (text.length() > LONGEST_STATEMENT || bytes(text) > LONGEST_STATEMENT) {
            throw errors.atBeginning("the statement is longer than the " + LONGEST_STATEMENT + " bytes that Athena takes");
        }
    }

    private static int bytes(String text)
    {
        try {
            return encodedLength(text);
        }
        catch (IllegalArgumentException e) {
            // half a surrogate pair, which becomes a question mark
            return text.getBytes(UTF_8).length;
        }
    }

    private static <T extends ParserRuleContext> T tree(List<Token> tokens, int rule, Function<AthenaDdlParser, T> entry, SyntaxErrors errors)
    {
        AthenaDdlParser parser = new AthenaDdlParser(new CommonTokenStream(new ListTokenSource(new ArrayList<>(tokens))));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        // the quicker way first: it refuses some statements that the other one takes, and never the other way round
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return entry.apply(parser);
        }
        catch (ParseCancellationException e) {
            parser.reset();
            forgetful(parser);
        }
        try {
            return entry.apply(parser);
        }
        catch (ParseCancellationException e) {
            throw unexpected(Expectations.find(parser, rule, tokens), errors);
        }
    }

    /**
     * Lets the parser take the whole statement into account. What it learns of that is not kept for others: it depends
     * on how things are nested, and what is wrong may be nested in any way.
     */
    private static void forgetful(AthenaDdlParser parser)
    {
        ATN atn = parser.getATN();
        DFA[] decisions = new DFA[atn.getNumberOfDecisions()];
        Arrays.setAll(decisions, index -> new DFA(atn.getDecisionState(index), index));
        ParserATNSimulator simulator = new ParserATNSimulator(parser, atn, decisions, new PredictionContextCache());
        simulator.setPredictionMode(PredictionMode.LL);
        parser.setInterpreter(simulator);
    }

    private static AthenaSyntaxException unexpected(Failure failure, SyntaxErrors errors)
    {
        List<String> expected = new ArrayList<>(failure.expected());
        if (failure.previous() == null && errors.statement().isEmpty()) {
            expected.add("a query");
        }
        return errors.at(failure.token(), String.format(
                Locale.ENGLISH,
                "expected %s%s, found %s",
                listed(expected),
                failure.previous() == null ? "" : " after " + SyntaxErrors.shown(failure.previous()),
                SyntaxErrors.shown(failure.token())));
    }

    private static String listed(List<String> expected)
    {
        if (expected.size() == 1) {
            return expected.getFirst();
        }
        return String.join(", ", expected.subList(0, expected.size() - 1)) + " or " + expected.getLast();
    }
}
