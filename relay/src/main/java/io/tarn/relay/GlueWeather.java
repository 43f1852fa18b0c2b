package io.tarn.relay;

import io.tarn.relay.Witness.Verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What becomes of each hundred requests; the rest is served at once.
 *
 * @param throttled refused, as there were too many
 * @param failed refused, with a 500
 * @param lost never arrive
 * @param unanswered are carried out, and the connection ends without an answer
 * @param cut are carried out, and the connection ends in the middle of the answer
 * @param slow are served after {@link #DELAY}
 */
public record GlueWeather(int throttled, int failed, int lost, int unanswered, int cut, int slow)
{
    public static final GlueWeather CALM = new GlueWeather(0, 0, 0, 0, 0, 0);
    public static final GlueWeather FOUL = new GlueWeather(30, 4, 3, 2, 2, 4);

    static final Duration DELAY = Duration.ofMillis(5);
    private static final int HUNDRED = 100;
    private static final long SEED = 30;

    public GlueWeather
    {
        if (throttled + failed + lost + unanswered + cut + slow > HUNDRED) {
            throw new IllegalArgumentException("More than a hundred of a hundred requests");
        }
    }

    int refused()
    {
        return throttled + failed;
    }

    /**
     * A fate for each of a hundred requests, in an order that is the same in every run.
     */
    List<Fate> fates()
    {
        List<Fate> fates = new ArrayList<>(HUNDRED);
        fates.addAll(Collections.nCopies(refused(), new Fate(Verdict.REFUSED, false)));
        fates.addAll(Collections.nCopies(lost, new Fate(Verdict.LOST, false)));
        fates.addAll(Collections.nCopies(unanswered, new Fate(Verdict.UNANSWERED, false)));
        fates.addAll(Collections.nCopies(cut, new Fate(Verdict.CUT, false)));
        fates.addAll(Collections.nCopies(slow, new Fate(Verdict.SERVED, true)));
        fates.addAll(Collections.nCopies(HUNDRED - fates.size(), new Fate(Verdict.SERVED, false)));
        Collections.shuffle(fates, new Random(SEED));
        return List.copyOf(fates);
    }

    /**
     * @param late whether it comes to that after {@link #DELAY}
     */
    record Fate(Verdict verdict, boolean late) {}
}
