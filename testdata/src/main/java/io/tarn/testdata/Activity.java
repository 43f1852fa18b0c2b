package io.tarn.testdata;

import static java.util.Objects.checkFromToIndex;
import static java.util.Objects.requireNonNull;

/**
 * The requests of one stretch of the web log, one after the other, in fields that each {@link #advance} overwrites.
 * What comes depends only on the lake and the stretch, so stretches can be made in any order and by any thread, and the
 * writers and {@link Facts} see the same requests.
 */
final class Activity
{
    /**
     * 10.0.0.0/8, which is routed nowhere.
     */
    static final int PRIVATE_NETWORK = 10 << 24;

    /**
     * 1 January 2018, 00:00 UTC.
     */
    static final long FIRST_SECOND = 1_514_764_800L;
    static final int DAYS = 30;

    private static final long STREAM = 3L << 40;
    private static final long FAVOURITE_STREAM = 4L << 40;
    /**
     * One request in so many comes from the customer whose favourite page it is.
     */
    private static final int FAVOURITE_CHANCES = 48;

    private final Randomness random;
    private final int profiles;
    private final int[] favouriteOf;
    private final long firstSecond;
    private final long seconds;
    private final long allRows;
    private final long end;
    private long row;

    private int address;
    private int user;
    private long second;
    private Page page;
    private Method method;
    private int status;
    private int bytes;

    /**
     * @param allRows rows of the whole log, which spread evenly over {@code seconds} from {@code firstSecond}
     * @param from first row of this stretch
     * @param to the row after the last of this stretch
     */
    Activity(long seed, int stream, int profiles, long firstSecond, long seconds, long allRows, long from, long to)
    {
        checkFromToIndex(from, to, allRows);
        this.random = new Randomness(seed, STREAM + stream);
        this.profiles = profiles;
        this.favouriteOf = new int[Page.values().length];
        Randomness favourites = new Randomness(seed, FAVOURITE_STREAM);
        for (int index = 0; index < favouriteOf.length; index++) {
            favouriteOf[index] = favourites.below(profiles);
        }
        this.firstSecond = firstSecond;
        this.seconds = seconds;
        this.allRows = allRows;
        this.row = from;
        this.end = to;
    }

    /**
     * Moves to the next request; false when there is none.
     */
    boolean advance()
    {
        if (row == end) {
            return false;
        }
        long dice = random.next();
        page = Page.atPercent(Randomness.scale(dice >>> 32, 100));
        method = Method.atPercent(Randomness.scale(dice & 0xFFFF_FFFFL, 100));
        dice = random.next();
        if (Randomness.scale(dice >>> 32, FAVOURITE_CHANCES) == 0) {
            user = favouriteOf[page.ordinal()];
        }
        else {
            // squared: some customers come often, most seldom
            long uniform = dice & 0x7FFF_FFFFL;
            user = (int) (((uniform * uniform) >>> 31) * profiles >>> 31);
        }
        dice = random.next();
        address = PRIVATE_NETWORK | (int) (dice >>> 40);
        boolean failed = Randomness.scale(dice & 0xFFFF_FFFFL, 128) == 0;
        status = failed ? 500 : 200;
        bytes = failed ? 170 : 200 + Randomness.scale((dice >>> 8) & 0xFFFF_FFFFL, 4800);
        second = firstSecond + row * seconds / allRows;
        row++;
        return true;
    }

    /**
     * The client's IPv4 address, a byte for each of its parts.
     */
    int address()
    {
        return address;
    }

    /**
     * The index of the customer's profile.
     */
    int user()
    {
        return user;
    }

    /**
     * Seconds since 1970 UTC.
     */
    long second()
    {
        return second;
    }

    Page page()
    {
        return requireNonNull(page, "advance() was not called");
    }

    Method method()
    {
        return requireNonNull(method, "advance() was not called");
    }

    int status()
    {
        return status;
    }

    int bytes()
    {
        return bytes;
    }

    static RowBuffer appendAddress(RowBuffer buffer, int address)
    {
        return buffer.append(address >>> 24).append('.')
                .append((address >>> 16) & 0xFF).append('.')
                .append((address >>> 8) & 0xFF).append('.')
                .append(address & 0xFF);
    }
}
