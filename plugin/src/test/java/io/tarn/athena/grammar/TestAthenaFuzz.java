package io.tarn.athena.grammar;

import io.tarn.athena.print.AthenaPrinter;
import io.tarn.athena.print.RandomStatements;
import io.tarn.athena.statement.AthenaStatement;
import io.tarn.athena.statement.CreateTable;
import io.tarn.athena.statement.QueryStatement;
import org.antlr.v4.runtime.Vocabulary;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static io.tarn.athena.grammar.AthenaParser.LONGEST_STATEMENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whatever comes in, a statement goes out or an error with a place in the text.
 */
final class TestAthenaFuzz
{
    private static final String[] BEGINNINGS = {"", "CREATE TABLE ", "CREATE TABLE t (", "ALTER TABLE t ", "DROP ", "SHOW ", "DESCRIBE t ", "OPTIMIZE t ", "CREATE TABLE t (a int) TBLPROPERTIES ("};

    @Test
    void testRandomBytes()
    {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String text = new String(bytes, random.nextBoolean() ? ISO_8859_1 : UTF_8);
            parse(BEGINNINGS[round % BEGINNINGS.length] + text);
        }
    }

    @Test
    void testRandomCharacters()
    {
        Random random = new Random(2);
        String signs = "'\"`\\;-/*()<>,.:=!@#$%^&[]{}|~?+ \n\t\0aZ09_\u00e9\uD83D\uDE00\uD83D\uDE00\uFEFF\u2028";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(BEGINNINGS[round % BEGINNINGS.length]);
            for (int index = random.nextInt(40); index > 0; index--) {
                // also halves of surrogate pairs
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            parse(text.toString());
        }
    }

    @Test
    void testCutStatements()
    {
        RandomStatements statements = new RandomStatements(3);
        int refused = 0;
        int cuts = 0;
        for (int round = 0; round < 40; round++) {
            String text = AthenaPrinter.print(statements.next());
            for (int end = 0; end < Math.min(text.length(), 150); end++) {
                cuts++;
                if (parse(text.substring(0, end)).isEmpty()) {
                    refused++;
                }
                parse(text.substring(end));
            }
        }
        assertThat(cuts).isGreaterThan(2_000);
        assertThat(refused).isBetween(cuts / 2, cuts - 1);
    }

    @Test
    void testTokenSoup()
    {
        Vocabulary vocabulary = AthenaDdlLexer.VOCABULARY;
        List<String> words = new ArrayList<>(List.of("t", "`a.b`", "\"q\"", "'text'", "5", "1.5", "bigint", "int", "'a'", "=", "<>", "$elem$"));
        for (int type = 1; type <= vocabulary.getMaxTokenType(); type++) {
            String literal = vocabulary.getLiteralName(type);
            if (literal != null) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        Random random = new Random(4);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(BEGINNINGS[round % BEGINNINGS.length]);
            for (int index = random.nextInt(15); index > 0; index--) {
                text.append(words.get(random.nextInt(words.size()))).append(" ");
            }
            parse(text.toString());
        }
    }

    @Test
    void testExchangedTokens()
    {
        RandomStatements statements = new RandomStatements(5);
        Random random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            List<String> tokens = new ArrayList<>(List.of(AthenaPrinter.print(statements.next()).split("(?<=[ (),.])")));
            String other = tokens.get(random.nextInt(tokens.size()));
            switch (random.nextInt(3)) {
                case 0 -> tokens.set(random.nextInt(tokens.size()), other);
                case 1 -> tokens.add(random.nextInt(tokens.size()), other);
                default -> tokens.remove(random.nextInt(tokens.size()));
            }
            parse(String.join("", tokens));
        }
    }

    @Test
    void testLongIdentifiers()
    {
        String name = "a".repeat(1 << 20);
        for (String text : List.of("DROP TABLE " + name, "DROP TABLE `" + name + "`", "CREATE TABLE t (" + name + " int)", name, "SHOW TABLES '" + name)) {
            assertThatThrownBy(() -> AthenaParser.parse(text))
                    .isInstanceOf(AthenaSyntaxException.class)
                    .hasMessage("line 1:1: the statement is longer than the 262144 bytes that Athena takes");
        }
        assertThat(parse("SELECT " + name)).contains(new QueryStatement(QueryStatement.Kind.SELECT, "SELECT " + name));
        assertThat(parse("DROP TABLE " + "a".repeat(LONGEST_STATEMENT - 11))).isPresent();
        assertThat(parse("DROP TABLE " + "a".repeat(LONGEST_STATEMENT - 10))).isEmpty();
        assertThat(parse("DROP TABLE " + "\u00e9".repeat((LONGEST_STATEMENT - 11) / 2))).isPresent();
        assertThat(parse("DROP TABLE " + "\u00e9".repeat(LONGEST_STATEMENT / 2))).isEmpty();
        assertThat(parse("-- " + "\uD83D".repeat(LONGEST_STATEMENT / 2) + "\n DROP TABLE t")).isPresent();
    }

    @Test
    void testNestedTypes()
    {
        for (String open : List.of("array<", "map<int,", "struct<a:", "array < ")) {
            assertThatThrownBy(() -> AthenaParser.parse("CREATE TABLE t (a " + open.repeat(10_000) + "int" + ">".repeat(10_000) + ")"))
                    .isInstanceOf(AthenaSyntaxException.class)
                    .hasMessageMatching("line 1:\\d+: column types are nested more than 100 deep");
            assertThat(parse("CREATE TABLE t (a " + open.repeat(100) + "int" + ">".repeat(100) + ")")).isPresent();
            assertThat(parse("CREATE TABLE t (a " + open.repeat(100) + "int" + ">".repeat(99) + ")")).isEmpty();
        }
        assertThatThrownBy(() -> AthenaParser.parseType("array<".repeat(30_000)))
                .isInstanceOf(AthenaSyntaxException.class)
                .hasMessage("line 1:606: column type: column types are nested more than 100 deep");
    }

    @Test
    void testAsLongAsAthenaTakes()
    {
        CreateTable wide = (CreateTable) parse(filled("CREATE TABLE t (a0 int", ", c struct<a:int,b:string>", ")")).orElseThrow();
        assertThat(wide.columns()).hasSizeGreaterThan(10_000);
        assertThat(parse(filled("ALTER TABLE t ADD PARTITION (a=1)", " PARTITION (a='b', c=5)", ""))).isPresent();
        assertThat(parse(filled("ALTER TABLE t DROP PARTITION (a<1)", ", PARTITION (a<1)", ""))).isPresent();
        assertThat(parse(filled("CREATE TABLE t (a int) TBLPROPERTIES ('a'='b'", ", 'a'='b'", ")"))).isPresent();
        assertThat(parse(filled("SHOW TABLES ", "'a'", ""))).isPresent();
        assertThat(parse(filled("DROP TABLE t", "-u", ""))).isPresent();
        assertThat(parse(filled("DROP TABLE t", ".u-v", ""))).isEmpty();
        assertThat(parse(filled("ALTER TABLE t ADD PARTITION (a=1", "-b", ")"))).isEmpty();
        // what fails at its end, or nowhere in particular
        for (String repeated : List.of(", a int", "(", "<", "'", "\"", "`", "\\'", "/*", "/* */", "--", ".a", ",", "''", "' ", "array<int> ", "STORED AS ", "a ", "5", ";", "\0")) {
            String most = repeated.repeat(100_000 / repeated.length());
            parse("CREATE TABLE t (a int" + most);
            parse("ALTER TABLE t PARTITION (" + most + ")");
            String many = repeated.repeat(20_000 / repeated.length());
            parse("CREATE TABLE t" + many + " x");
            parse(many);
            assertThat(StatementSplitter.split("DROP TABLE t" + many)).isNotEmpty();
        }
    }

    private static String filled(String begin, String repeated, String end)
    {
        return begin + repeated.repeat((LONGEST_STATEMENT - begin.length() - end.length()) / repeated.length()) + end;
    }

    private static Optional<AthenaStatement> parse(String text)
    {
        try {
            return Optional.of(AthenaParser.parse(text));
        }
        catch (AthenaSyntaxException e) {
            assertThat(e).hasMessageStartingWith("line " + e.line() + ":" + e.column() + ": ");
            assertThat((long) e.line()).isBetween(1L, 1 + text.chars().filter(character -> character == '\n').count());
            assertThat(e.column()).isBetween(1, text.length() + 1);
            assertThat(e.getMessage().length()).isLessThan(500);
            return Optional.empty();
        }
    }
}
