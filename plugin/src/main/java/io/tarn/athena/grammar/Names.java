package io.tarn.athena.grammar;

import com.google.common.base.Splitter;
import io.tarn.athena.statement.DatabaseName;
import io.tarn.athena.statement.TableName;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Reads names. {@code `database.table`} in one pair of backticks is two names, as Athena takes it.
 */
final class Names
{
    private static final int MOST_PARTS = 3;
    private static final String TOO_MANY_PARTS = "a table is named by at most a catalog, a database and itself";

    private final SyntaxErrors errors;

    Names(SyntaxErrors errors)
    {
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * The name of a column or field, as it was written.
     */
    String name(ParserRuleContext context)
    {
        String name = unquote(context.getStart());
        if (name.isEmpty()) {
            throw errors.at(context, "a name must not be empty");
        }
        return name;
    }

    DatabaseName database(AthenaDdlParser.DatabaseNameContext context)
    {
        List<ParserRuleContext> parts = new ArrayList<>();
        parts.add(context.name());
        if (context.anyName() != null) {
            parts.add(context.anyName());
        }
        return database(context, names(parts, 2));
    }

    TableName table(AthenaDdlParser.TableNameContext context)
    {
        List<ParserRuleContext> parts = new ArrayList<>();
        parts.add(context.name());
        parts.addAll(context.anyName());
        return table(context, parts);
    }

    TableName table(AthenaDdlParser.ViewNameContext context)
    {
        List<ParserRuleContext> parts = new ArrayList<>();
        parts.add(context.name());
        parts.addAll(context.anyName());
        return table(context, parts);
    }

    TableName table(AthenaDdlParser.DroppedTableContext context)
    {
        if (context.tableName() != null) {
            return table(context.tableName());
        }
        return named(context, context.hyphenedName().stream().map(this::hyphened).toList());
    }

    private String hyphened(AthenaDdlParser.HyphenedNameContext context)
    {
        String name = context.getText();
        if (context.getStop().getStopIndex() - context.getStart().getStartIndex() + 1 != name.codePointCount(0, name.length())) {
            throw errors.at(context, "a name has no blanks around its hyphens");
        }
        return name;
    }

    private TableName table(ParserRuleContext context, List<ParserRuleContext> parts)
    {
        return named(context, names(parts, MOST_PARTS));
    }

    private TableName named(ParserRuleContext context, List<String> names)
    {
        if (names.size() > MOST_PARTS) {
            throw errors.at(context, TOO_MANY_PARTS);
        }
        if (names.size() == 1) {
            return TableName.of(names.getFirst());
        }
        return new TableName(Optional.of(database(context, names.subList(0, names.size() - 1))), names.getLast());
    }

    private DatabaseName database(ParserRuleContext context, List<String> names)
    {
        if (names.stream().anyMatch(name -> name.contains("."))) {
            throw errors.at(context, "the name of a catalog or database must not have a dot in it");
        }
        return new DatabaseName(names.size() == 1 ? Optional.empty() : Optional.of(names.getFirst()), names.getLast());
    }

    private List<String> names(List<ParserRuleContext> parts, int most)
    {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            String name = name(parts.get(index));
            // a table's own name is only taken apart where it stands alone
            if (index == 0 && (parts.size() == 1 || most == MOST_PARTS && parts.size() == 2)) {
                names.addAll(Splitter.on('.').splitToList(name));
            }
            else {
                names.add(name);
            }
        }
        if (names.stream().anyMatch(String::isEmpty)) {
            throw errors.at(parts.getFirst(), "a name must not be empty");
        }
        if (names.size() > most) {
            throw errors.at(parts.getFirst(), most == 2 ?
                    "a database is named by at most a catalog and itself" :
                    TOO_MANY_PARTS);
        }
        return names;
    }

    private static String unquote(Token token)
    {
        String text = token.getText();
        return switch (token.getType()) {
            case AthenaDdlParser.BACKTICKED -> text.substring(1, text.length() - 1).replace("``", "`");
            case AthenaDdlParser.DOUBLE_QUOTED -> text.substring(1, text.length() - 1).replace("\"\"", "\"");
            default -> text;
        };
    }
}
