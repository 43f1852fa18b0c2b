package io.tarn.quota.policy;

import io.airlift.testing.TestingTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestPolicyFile
{
    private static final Logger LOGGER = Logger.getLogger(PolicyFile.class.getName());

    private final TestingTicker ticker = new TestingTicker();
    private final LogLines log = new LogLines();

    @TempDir
    private Path directory;
    private Path file;
    private int changes;

    @BeforeEach
    void listen()
    {
        file = directory.resolve("quotas.json");
        LOGGER.addHandler(log);
    }

    @AfterEach
    void stopListening()
    {
        LOGGER.removeHandler(log);
    }

    @Test
    void aFileThatIsMissingOrWrongIsRefused()
            throws IOException
    {
        assertThatThrownBy(() -> new PolicyFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s does not exist; it holds the workgroups, their limits and budgets", file);
        assertThatThrownBy(() -> new PolicyFile(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("%s cannot be read: ".formatted(directory));
        write("{\"workgroups\": [{\"name\": \"a\", \"action\": 1}]}");
        assertThatThrownBy(() -> new PolicyFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s has 1 problem:\n  workgroups[0].action is 1, but must be one of reject, warn", file);
        write("{}" + " ".repeat(1 << 20));
        assertThatThrownBy(() -> new PolicyFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%s is larger than 1MB", file);
        write("{} ".repeat(1).concat(" ".repeat((1 << 20) - 3)));
        assertThat(new PolicyFile(file).policy().workgroups()).hasSize(1);
    }

    @Test
    void aNewFileIsTakenOnAfterASecond()
            throws IOException
    {
        write(policy("a"));
        PolicyFile policies = new PolicyFile(file, ticker);
        assertNames(policies, "a", "primary");

        write(policy("b"));
        ticker.increment(999, MILLISECONDS);
        assertNames(policies, "a", "primary");
        ticker.increment(1, MILLISECONDS);
        assertNames(policies, "b", "primary");
        assertThat(log.lines).containsExactly("INFO %s has changed, and is in force".formatted(file));

        // replaced by another file, as a careful administrator does it
        Path other = directory.resolve("new.json");
        Files.writeString(other, policy("c"));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, ATOMIC_MOVE);
        assertNames(policies, "b", "primary");
        ticker.increment(1, SECONDS);
        assertNames(policies, "c", "primary");
    }

    @Test
    void theSamePolicyStaysTheSame()
            throws IOException
    {
        write(policy("a"));
        PolicyFile policies = new PolicyFile(file, ticker);
        QuotaPolicy before = policies.policy();
        write(policy("a"));
        ticker.increment(1, SECONDS);
        assertThat(policies.policy()).isSameAs(before);
        assertThat(log.lines).isEmpty();
    }

    @Test
    void aBrokenFileLeavesTheOldOneInForce()
            throws IOException
    {
        write(policy("a"));
        PolicyFile policies = new PolicyFile(file, ticker);
        write("{\"workgroups\": [{\"name\": \"\"}]}");
        for (int i = 0; i < 3; i++) {
            ticker.increment(1, SECONDS);
            assertNames(policies, "a", "primary");
        }
        String first = "SEVERE The policy before stays in force: %s has 1 problem:\n  workgroups[0].name is \"\", but must be 1 to 128 of the characters A-Z, a-z, 0-9, _ and -".formatted(file);
        assertThat(log.lines).containsExactly(first);

        // another broken version is said again
        write("{\"workgroups\": ");
        ticker.increment(1, SECONDS);
        assertNames(policies, "a", "primary");
        assertThat(log.lines).hasSize(2).last().asString().startsWith("SEVERE The policy before stays in force: %s is not JSON at line 1, column 16: ".formatted(file));

        write("");
        ticker.increment(1, SECONDS);
        assertNames(policies, "a", "primary");
        assertThat(log.lines).hasSize(3).last().isEqualTo("SEVERE The policy before stays in force: %s is empty, but must be a JSON object".formatted(file));

        write(policy("b"));
        ticker.increment(1, SECONDS);
        assertNames(policies, "b", "primary");
    }

    @Test
    void aFileThatVanishesLeavesThePolicyInForce()
            throws IOException
    {
        write(policy("a"));
        PolicyFile policies = new PolicyFile(file, ticker);
        Files.delete(file);
        for (int i = 0; i < 3; i++) {
            ticker.increment(1, SECONDS);
            assertNames(policies, "a", "primary");
        }
        assertThat(log.lines).containsExactly("SEVERE The policy before stays in force: %s does not exist; it holds the workgroups, their limits and budgets".formatted(file));

        write(policy("a"));
        ticker.increment(1, SECONDS);
        assertNames(policies, "a", "primary");
        Files.delete(file);
        ticker.increment(1, SECONDS);
        assertNames(policies, "a", "primary");
        assertThat(log.lines).hasSize(3);
    }

    @Test
    void warningsAreLogged()
            throws IOException
    {
        write("{\"workgroups\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}");
        assertThat(new PolicyFile(file, ticker).policy().warnings()).hasSize(1);
        assertThat(log.lines).containsExactly("WARNING %s: Workgroup a takes every query, so that none comes to workgroup b after it unless its session names it".formatted(file));
    }

    @Test
    void manyThreadsSeeWholePolicies()
            throws Exception
    {
        write(policy("v0"));
        PolicyFile policies = new PolicyFile(file, ticker);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int version = 1; version <= 50; version++) {
                write(policy("v" + version));
                ticker.increment(1, SECONDS);
                List<Future<String>> seen = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    seen.add(threads.submit(() -> policies.policy().workgroups().getFirst().name()));
                }
                for (Future<String> name : seen) {
                    // one of them reads the file, the others do not wait for it
                    assertThat(name.get()).isIn("v" + (version - 1), "v" + version);
                }
                assertNames(policies, "v" + version, "primary");
            }
        }
        assertThat(log.lines).hasSize(50);
    }

    private static String policy(String workgroup)
    {
        return "{\"workgroups\": [{\"name\": \"%s\"}]}".formatted(workgroup);
    }

    private void write(String content)
            throws IOException
    {
        Files.writeString(file, content);
        // times of their own, however fast the test is
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + 1000L * changes++));
    }

    private static void assertNames(PolicyFile policies, String... names)
    {
        assertThat(policies.policy().workgroups()).extracting(Workgroup::name).containsExactly(names);
    }

    private static final class LogLines
            extends Handler
    {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record)
        {
            lines.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
