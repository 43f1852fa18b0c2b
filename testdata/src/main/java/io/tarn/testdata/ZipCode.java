package io.tarn.testdata;

import static java.lang.String.format;
import static java.util.Locale.ENGLISH;

/**
 * One line of the zip codes.
 *
 * @param code five digits
 * @param latitude hundredths of a degree, meaningless where {@code located} is false
 * @param longitude hundredths of a degree, meaningless where {@code located} is false
 */
record ZipCode(String code, String type, String city, State state, boolean located, int latitude, int longitude, String location, boolean decommissioned)
{
    private static final String HEADER = "Zipcode,ZipCodeType,City,State,LocationType,Lat,Long,Location,Decommisioned";
    private static final int LOWEST = 501;
    private static final int HIGHEST = 99_950;
    private static final long STREAM = 1L << 40;
    private static final int SPREAD = 150;

    /**
     * The code at an index; codes ascend with it, and many have leading zeros.
     */
    static int code(int index, int count)
    {
        return LOWEST + index * ((HIGHEST - LOWEST) / count);
    }

    static String text(int code)
    {
        return format(ENGLISH, "%05d", code);
    }

    static ZipCode of(long seed, int index, int count)
    {
        Randomness random = new Randomness(seed, STREAM + index);
        int code = code(index, count);
        State state = State.ofZipCode(code);
        String city = Names.city(random);
        boolean military = random.oneIn(64);
        String location = "NA-US-" + state + "-" + city;
        if (military || random.oneIn(50)) {
            location = "NA-US-Fort " + Names.lastName(random) + ", " + city;
        }
        return new ZipCode(
                text(code),
                military ? "MILITARY" : (random.oneIn(4) ? "PO BOX" : "STANDARD"),
                city,
                state,
                !military,
                state.latitude() + random.below(2 * SPREAD) - SPREAD,
                state.longitude() + random.below(2 * SPREAD) - SPREAD,
                location,
                random.oneIn(100));
    }

    static void writeHeader(RowBuffer buffer)
    {
        buffer.append(HEADER).append('\r').append('\n');
    }

    void write(RowBuffer buffer)
    {
        buffer.append('"').append(code).append("\",")
                .append(type)
                .append(",\"").append(city).append("\",")
                .append(state.name())
                .append(",PRIMARY,");
        if (located) {
            degrees(buffer, latitude);
        }
        buffer.append(',');
        if (located) {
            degrees(buffer, longitude);
        }
        buffer.append(",\"").append(location).append("\",")
                .append(decommissioned ? "TRUE" : "FALSE")
                .append('\r').append('\n');
    }

    private static void degrees(RowBuffer buffer, int hundredths)
    {
        if (hundredths < 0) {
            buffer.append('-');
        }
        int positive = Math.abs(hundredths);
        buffer.append(positive / 100).append('.').appendPadded(positive % 100, 2);
    }
}
