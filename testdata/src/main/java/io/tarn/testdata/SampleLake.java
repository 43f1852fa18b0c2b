package io.tarn.testdata;

import java.util.ArrayList;
import java.util.List;

import static java.lang.Math.clamp;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.String.format;
import static java.util.Locale.ENGLISH;

/**
 * A shop's data lake, made up: the web log, the customers, and the zip codes of the country. The joins are consistent:
 * each request is a customer's of {@link #userProfile()}, and each customer's zip is one of {@link #zipCodes()}.
 * <p>
 * A seed and a size always give the same rows and the same objects, whatever threads make them. The bytes of compressed
 * objects are the same too, as long as Java's zlib is the same.
 *
 * @param seed what makes one lake differ from another of its size
 * @param rows requests in the batch web log, at least 1; customers and zip codes grow with it up to 50,000 and 42,000
 */
public record SampleLake(long seed, long rows)
{
    public static final long DEFAULT_SEED = 20180106;

    private static final int MAXIMUM_PROFILES = 50_000;
    private static final int MAXIMUM_ZIP_CODES = 42_000;
    private static final long MAXIMUM_ROWS = 1L << 40;
    private static final int LIVE_HOURS = 24;
    private static final int HOUR_SECONDS = 3600;
    private static final int LIVE_STREAM = 1 << 30;
    private static final long LIVE_SHARE = 50;

    public SampleLake
    {
        if (rows < 1 || rows > MAXIMUM_ROWS) {
            throw new IllegalArgumentException("rows is %s. Give a number from 1 to %s.".formatted(rows, MAXIMUM_ROWS));
        }
    }

    public static SampleLake ofRows(long rows)
    {
        return new SampleLake(DEFAULT_SEED, rows);
    }

    public SampleLake withSeed(long seed)
    {
        return new SampleLake(seed, rows);
    }

    /**
     * How many customers there are.
     */
    public int profiles()
    {
        return (int) clamp(rows / 10, 50, MAXIMUM_PROFILES);
    }

    /**
     * How many zip codes there are.
     */
    public int zips()
    {
        return clamp(profiles() / 25L * 21, 60, MAXIMUM_ZIP_CODES);
    }

    /**
     * All that is landed in one go: {@link #userActivity()}, {@link #userProfile()} and {@link #zipCodes()}.
     */
    public List<SampleObject> objects()
    {
        List<SampleObject> objects = new ArrayList<>(userActivity());
        objects.add(userProfile());
        objects.add(zipCodes());
        return List.copyOf(objects);
    }

    /**
     * The web log of January 2018 below {@code raw/useractivity/}, half of it in a nested folder: JSON lines, gzip, with
     * the members {@code ip_address, username, timestamp, request, http, bytes}; a timestamp is as
     * {@code 6/Jan/2018:10:43:54}, in UTC.
     */
    public List<SampleObject> userActivity()
    {
        Usernames usernames = new Usernames(this);
        List<SampleObject> objects = new ArrayList<>();
        for (int file = 0; file < activityFiles(); file++) {
            int stream = file;
            objects.add(new SampleObject(
                    format(ENGLISH, "raw/useractivity/%suseractivity-%05d.json.gz", file % 2 == 0 ? "" : "server-2/", file),
                    activityEnd(file) - activityStart(file),
                    output -> {
                        FastGzipOutputStream gzip = new FastGzipOutputStream(output);
                        new ActivityFormat(usernames.all(), false, new RowBuffer(gzip)).writeJson(activity(stream));
                        gzip.complete();
                    }));
        }
        return List.copyOf(objects);
    }

    /**
     * The customers: CSV with a header and the columns {@code first_name, last_name, username, email, gender, ip_address,
     * phone, zip, cc, password, ssn, age}; a field that holds a comma is quoted.
     */
    public SampleObject userProfile()
    {
        return new SampleObject("raw/userprofile/userprofile.csv", profiles(), output -> {
            RowBuffer buffer = new RowBuffer(output);
            Profile.writeHeader(buffer);
            for (int index = 0; index < profiles(); index++) {
                profile(index).write(buffer);
                buffer.endRow();
            }
            buffer.flush();
        });
    }

    /**
     * The zip codes: CSV with a header, lines that end in CRLF, and the columns {@code Zipcode, ZipCodeType, City, State,
     * LocationType, Lat, Long, Location, Decommisioned}; codes have their leading zeros, some fields are quoted, some of
     * these hold a comma, and some rows have neither latitude nor longitude.
     */
    public SampleObject zipCodes()
    {
        return new SampleObject("raw/zipcodes/zipcodes.csv", zips(), output -> {
            RowBuffer buffer = new RowBuffer(output);
            ZipCode.writeHeader(buffer);
            for (int index = 0; index < zips(); index++) {
                ZipCode.of(seed, index, zips()).write(buffer);
                buffer.endRow();
            }
            buffer.flush();
        });
    }

    /**
     * What a delivery stream leaves behind on 31 January 2018, an object an hour below
     * {@code weblogs/live/YYYY/MM/DD/HH/}: CSV without a header, gzip, the web log's columns; the timestamp's day always
     * has two digits. It is not part of {@link #objects()} nor of {@link #facts()}.
     */
    public List<SampleObject> liveWebLog()
    {
        Usernames usernames = new Usernames(this);
        long hourRows = max(1, rows / LIVE_SHARE / LIVE_HOURS);
        List<SampleObject> objects = new ArrayList<>();
        for (int hour = 0; hour < LIVE_HOURS; hour++) {
            long start = Activity.FIRST_SECOND + (Activity.DAYS * 24L + hour) * HOUR_SECONDS;
            int stream = LIVE_STREAM + hour;
            String key = format(ENGLISH, "weblogs/live/2018/01/31/%1$02d/weblogs-1-2018-01-31-%1$02d-00-00.gz", hour);
            objects.add(new SampleObject(key, hourRows, output -> {
                FastGzipOutputStream gzip = new FastGzipOutputStream(output);
                Activity activity = new Activity(seed, stream, profiles(), start, HOUR_SECONDS, hourRows, 0, hourRows);
                new ActivityFormat(usernames.all(), true, new RowBuffer(gzip)).writeCsv(activity);
                gzip.complete();
            }));
        }
        return List.copyOf(objects);
    }

    /**
     * What must come out when the lake is asked, counted while the rows are made, without any SQL.
     */
    public Facts facts()
    {
        return new FactCounter(this).count();
    }

    int activityFiles()
    {
        // small lakes have several files all the same, large ones have files of about ten megabytes
        long files = max(min(16, ceilingDivide(rows, 25_000)), ceilingDivide(rows, 500_000));
        return (int) min(rows, max(4, files));
    }

    Activity activity(int file)
    {
        return new Activity(seed, file, profiles(), Activity.FIRST_SECOND, Activity.DAYS * 24L * HOUR_SECONDS, rows, activityStart(file), activityEnd(file));
    }

    Profile profile(int index)
    {
        return Profile.of(seed, index, zips());
    }

    private long activityStart(int file)
    {
        return rows / activityFiles() * file + min(file, rows % activityFiles());
    }

    private long activityEnd(int file)
    {
        return activityStart(file + 1);
    }

    private static long ceilingDivide(long dividend, long divisor)
    {
        return (dividend + divisor - 1) / divisor;
    }
}
