package io.tarn.testdata;

import java.io.IOException;
import java.time.LocalDateTime;

import static java.lang.String.format;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.ZoneOffset.UTC;
import static java.time.format.TextStyle.SHORT;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Writes requests as lines. An instance is for one file, as it remembers the day that it wrote last.
 */
final class ActivityFormat
{
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int PAGES = Page.values().length;
    private static final byte[][] REQUESTS = requests();

    private static final byte[] JSON_ADDRESS = ascii("{\"ip_address\":\"");
    private static final byte[] JSON_USERNAME = ascii("\",\"username\":\"");
    private static final byte[] JSON_TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] JSON_REQUEST = ascii("\",\"request\":\"");
    private static final byte[] JSON_STATUS = ascii("\",\"http\":");
    private static final byte[] JSON_BYTES = ascii(",\"bytes\":");
    private static final byte[] JSON_END = ascii("}\n");

    private final byte[][] usernames;
    private final boolean dayPadded;
    private final RowBuffer buffer;
    private long day = Long.MIN_VALUE;
    private byte[] dayText;

    /**
     * @param usernames by the index of the profile
     * @param dayPadded whether the timestamp's day always has two digits
     */
    ActivityFormat(byte[][] usernames, boolean dayPadded, RowBuffer buffer)
    {
        this.usernames = requireNonNull(usernames, "usernames is null");
        this.dayPadded = dayPadded;
        this.buffer = requireNonNull(buffer, "buffer is null");
    }

    void writeJson(Activity activity)
            throws IOException
    {
        while (activity.advance()) {
            Activity.appendAddress(buffer.append(JSON_ADDRESS), activity.address());
            buffer.append(JSON_USERNAME).append(usernames[activity.user()]).append(JSON_TIMESTAMP);
            appendTimestamp(activity.second());
            buffer.append(JSON_REQUEST).append(request(activity))
                    .append(JSON_STATUS).append(activity.status())
                    .append(JSON_BYTES).append(activity.bytes())
                    .append(JSON_END);
            buffer.endRow();
        }
        buffer.flush();
    }

    void writeCsv(Activity activity)
            throws IOException
    {
        while (activity.advance()) {
            Activity.appendAddress(buffer, activity.address());
            buffer.append(',').append(usernames[activity.user()]).append(',');
            appendTimestamp(activity.second());
            buffer.append(',').append(request(activity))
                    .append(',').append(activity.status())
                    .append(',').append(activity.bytes())
                    .append('\n');
            buffer.endRow();
        }
        buffer.flush();
    }

    private void appendTimestamp(long second)
    {
        long secondDay = second / SECONDS_OF_DAY;
        if (secondDay != day) {
            day = secondDay;
            LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, UTC);
            dayText = ascii(format(
                    ENGLISH,
                    "%s/%s/%s:",
                    dayPadded ? format(ENGLISH, "%02d", time.getDayOfMonth()) : time.getDayOfMonth(),
                    time.getMonth().getDisplayName(SHORT, ENGLISH),
                    time.getYear()));
        }
        int ofDay = (int) (second % SECONDS_OF_DAY);
        buffer.append(dayText)
                .appendPadded(ofDay / 3600, 2).append(':')
                .appendPadded(ofDay / 60 % 60, 2).append(':')
                .appendPadded(ofDay % 60, 2);
    }

    private static byte[] request(Activity activity)
    {
        return REQUESTS[activity.method().ordinal() * PAGES + activity.page().ordinal()];
    }

    private static byte[][] requests()
    {
        byte[][] requests = new byte[Method.values().length * Page.values().length][];
        int position = 0;
        for (Method method : Method.values()) {
            for (Page page : Page.values()) {
                requests[position++] = ascii(method + " /petstore/" + page.path());
            }
        }
        return requests;
    }

    private static byte[] ascii(String text)
    {
        return text.getBytes(US_ASCII);
    }
}
