package io.tarn.athena.dialect;

import io.trino.grammar.sql.SqlBaseLexer;
import io.trino.sql.tree.Query;
import org.antlr.v4.runtime.Token;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static io.tarn.athena.dialect.DialectException.Reason.SYNTAX;
import static java.util.Objects.requireNonNull;

/**
 * {@code UNLOAD (query) TO 'location' WITH (property = value, …)} as {@code CREATE TABLE system.unload WITH (…) AS}, with
 * which the connector creates no table and writes the same files. Where the statement's text does not tell how a column
 * is called, as Athena calls it, it becomes a call of the table function {@code system.unload}.
 */
final class UnloadReading
{
    private final String text;
    private final List<Token> tokens;
    private final DialectSession session;
    private final Notes notes;
    private int position;

    private UnloadReading(String text, DialectSession session, Notes notes)
    {
        this.text = requireNonNull(text, "text is null");
        this.tokens = TrinoGrammar.tokens(text);
        this.session = requireNonNull(session, "session is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    static String read(String text, DialectSession session, Notes notes)
    {
        return new UnloadReading(text, session, notes).read();
    }

    private String read()
    {
        expect("UNLOAD");
        int keyword = TrinoGrammar.begin(text, tokens.getFirst());
        expect("(");
        int queryBegin = TrinoGrammar.end(text, tokens.get(position - 1));
        int depth = 1;
        while (depth > 0) {
            Token token = next("')' after the query");
            depth += switch (token.getText()) {
                case "(" -> 1;
                case ")" -> -1;
                default -> 0;
            };
        }
        int queryEnd = TrinoGrammar.begin(text, tokens.get(position - 1));
        expect("TO");
        Token location = next("the location, as in TO 's3://bucket/folder/'");
        if (location.getType() != SqlBaseLexer.STRING) {
            throw expected(location, "the location, as in TO 's3://bucket/folder/'");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        if (position < tokens.size() && !tokens.get(position).getText().equals(";")) {
            expect("WITH");
            properties(properties);
        }
        if (position < tokens.size() && tokens.get(position).getText().equals(";")) {
            position++;
        }
        if (position < tokens.size()) {
            throw expected(tokens.get(position), "the end of the statement");
        }

        String query = query(queryBegin, queryEnd);
        String target = SqlText.name(session.catalog(), "system", "unload");
        StringBuilder statement = new StringBuilder(text.substring(0, keyword));
        OutputNames names = OutputNames.of((Query) TrinoGrammar.statement(query));
        if (!names.isKnown()) {
            notes.meaning("A column without a name stands beside *, so its name, _col and its position, is not known before the query is analyzed: the table function names it, and holds rows back in memory that CREATE TABLE AS does not. Name the column with AS");
            statement.append("SELECT * FROM TABLE(%s(input => TABLE(%s), location => %s".formatted(target, query, location.getText()));
            properties.forEach((name, value) -> statement.append(", ").append(name).append(" => ").append(value));
            return statement.append("))").toString();
        }
        statement.append("CREATE TABLE ").append(target).append(names.aliases()).append(" WITH (external_location = ").append(location.getText());
        properties.forEach((name, value) -> statement.append(", ").append(name.equals("compression") ? "write_compression" : name).append(" = ").append(value));
        return statement.append(") AS ").append(query.strip()).toString();
    }

    private String query(int begin, int end)
    {
        String query = text.substring(begin, end);
        TrinoGrammar.failure(query).ifPresent(failure -> {
            throw failure.exception().after(text.substring(0, begin));
        });
        if (!(TrinoGrammar.statement(query) instanceof Query)) {
            throw new DialectException(SYNTAX, 1, 1, "UNLOAD: a query is expected").after(text.substring(0, begin));
        }
        try {
            return QueryReading.read(query, session, notes);
        }
        catch (DialectException e) {
            throw e.after(text.substring(0, begin));
        }
    }

    private void properties(Map<String, String> arguments)
    {
        expect("(");
        String separator;
        do {
            Token token = next("a property");
            String name = token.getText().toLowerCase(Locale.ENGLISH);
            expect("=");
            String value = value();
            String previous = arguments.put(argument(token, name), name.equals("compression_level") ? number(token, value) : value);
            if (previous != null) {
                throw new DialectException(SYNTAX, token.getLine(), token.getCharPositionInLine() + 1, "UNLOAD: %s is set twice".formatted(name));
            }
            if (name.equals("partitioned_by")) {
                notes.writtenPartitions();
            }
            separator = next("',' or ')'").getText();
        }
        while (separator.equals(","));
        if (!separator.equals(")")) {
            throw expected(tokens.get(position - 1), "',' or ')'");
        }
    }

    private static String argument(Token token, String name)
    {
        return switch (name) {
            case "format", "compression", "compression_level", "field_delimiter", "partitioned_by" -> name;
            default -> throw expected(token, "format, compression, compression_level, field_delimiter or partitioned_by");
        };
    }

    /**
     * Everything up to the comma or parenthesis behind it, as it was written.
     */
    private String value()
    {
        int first = position;
        List<String> open = new ArrayList<>();
        while (position < tokens.size()) {
            if (tokens.get(position).getType() == SqlBaseLexer.UNRECOGNIZED) {
                throw expected(tokens.get(position), "a value");
            }
            String token = tokens.get(position).getText();
            if (open.isEmpty() && (token.equals(",") || token.equals(")"))) {
                break;
            }
            switch (token) {
                case "(", "[" -> open.add(token);
                case ")", "]" -> {
                    if (!open.isEmpty()) {
                        open.removeLast();
                    }
                }
                default -> {}
            }
            position++;
        }
        if (position == first) {
            throw position < tokens.size() ? expected(tokens.get(position), "a value") : atEnd("a value");
        }
        return text.substring(TrinoGrammar.begin(text, tokens.get(first)), TrinoGrammar.end(text, tokens.get(position - 1)));
    }

    private static String number(Token property, String value)
    {
        // the guide has it as a number and in quotes
        String number = value.startsWith("'") ? SqlText.unquoted(value) : value;
        if (!number.matches("\\d{1,9}")) {
            throw expected(property, "a number for compression_level");
        }
        return number;
    }

    private void expect(String word)
    {
        Token token = next("'" + word + "'");
        if (!token.getText().equalsIgnoreCase(word)) {
            throw expected(token, "'" + word + "'");
        }
    }

    private Token next(String expected)
    {
        if (position == tokens.size()) {
            throw atEnd(expected);
        }
        return tokens.get(position++);
    }

    private static DialectException expected(Token token, String what)
    {
        String found = token.getText().length() > 40 ? token.getText().substring(0, 40) + "…" : token.getText();
        return new DialectException(SYNTAX, token.getLine(), token.getCharPositionInLine() + 1, "UNLOAD: found '%s' where %s is expected".formatted(found, what));
    }

    private DialectException atEnd(String what)
    {
        return new DialectException(SYNTAX, 1, 1, "UNLOAD: the statement ends where %s is expected".formatted(what)).after(text);
    }
}
