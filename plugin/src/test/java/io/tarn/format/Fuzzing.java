package io.tarn.format;

import io.trino.spi.TrinoException;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damaged files give Tarn's errors, or rows, and nothing else.
 */
public final class Fuzzing
{
    private Fuzzing() {}

    /**
     * @param special one mutation in four, which suits the format
     */
    public static byte[] mutate(byte[] sound, Random random, Consumer<byte[]> special)
    {
        byte[] mutated = sound.clone();
        switch (random.nextInt(4)) {
            case 0 -> mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            case 1 -> {
                int at = random.nextInt(mutated.length);
                Arrays.fill(mutated, at, Math.min(mutated.length, at + random.nextInt(1, 40)), (byte) random.nextInt());
            }
            case 2 -> {
                byte[] run = new byte[random.nextInt(1, 9)];
                random.nextBytes(run);
                System.arraycopy(run, 0, mutated, random.nextInt(mutated.length - run.length), run.length);
            }
            default -> special.accept(mutated);
        }
        return mutated;
    }

    /**
     * @param read of the file {@code mutated}
     * @return empty where the file was refused
     */
    public static <T> Optional<T> readOrRefuse(String mutation, Supplier<T> read)
    {
        try {
            return Optional.of(read.get());
        }
        catch (TrinoException e) {
            assertThat(e.getErrorCode().getName()).as(mutation).startsWith("TARN_");
            assertThat(e.getMessage()).as(mutation).contains("local:///mutated");
            return Optional.empty();
        }
        catch (RuntimeException | Error e) {
            throw new AssertionError("mutation: " + mutation, e);
        }
    }
}
