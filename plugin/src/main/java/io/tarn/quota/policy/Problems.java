package io.tarn.quota.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a policy file, all of it, so that it is mended at one go.
 */
final class Problems
{
    private static final int MAX_SHOWN = 50;

    private final List<String> shown = new ArrayList<>();
    private int count;

    void add(String path, String problem)
    {
        count++;
        if (shown.size() < MAX_SHOWN) {
            shown.add("%s %s".formatted(path.isEmpty() ? "the file" : path, problem));
        }
    }

    boolean isEmpty()
    {
        return count == 0;
    }

    String describe()
    {
        String list = String.join("\n  ", shown);
        return (count == 1 ? "1 problem" : count + " problems") + ":\n  " + list + (count > shown.size() ? "\n  and %s more".formatted(count - shown.size()) : "");
    }
}
