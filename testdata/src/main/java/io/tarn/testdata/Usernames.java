package io.tarn.testdata;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

/**
 * The names of all customers of a lake, made when they are first asked for and then shared by the writers.
 */
final class Usernames
{
    private final SampleLake lake;
    private byte[][] names;

    Usernames(SampleLake lake)
    {
        this.lake = requireNonNull(lake, "lake is null");
    }

    /**
     * By the index of the profile; not to be changed.
     */
    synchronized byte[][] all()
    {
        if (names == null) {
            byte[][] made = new byte[lake.profiles()][];
            for (int index = 0; index < made.length; index++) {
                made[index] = lake.profile(index).username().getBytes(US_ASCII);
            }
            names = made;
        }
        return names;
    }
}
