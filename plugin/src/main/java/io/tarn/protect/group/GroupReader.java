package io.tarn.protect.group;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import io.tarn.watch.WatchedContent;

import java.nio.file.Path;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the format of Trino's own
 * <a href="https://trino.io/docs/current/security/group-mapping.html">file group provider</a>: a group a line, a colon,
 * and its users between commas. Empty lines and those that begin with {@code #} say nothing.
 */
final class GroupReader
        implements WatchedContent<SetMultimap<String, String>>
{
    private static final Splitter USERS = Splitter.on(',').trimResults().omitEmptyStrings();

    @Override
    public String holds()
    {
        return "the groups and their users";
    }

    @Override
    public String kept()
    {
        return "The groups before stay in force";
    }

    @Override
    public int maximumMegabytes()
    {
        return 16;
    }

    /**
     * @return the groups of each user
     */
    @Override
    public SetMultimap<String, String> read(Path file, byte[] content)
    {
        ImmutableSetMultimap.Builder<String, String> groups = ImmutableSetMultimap.builder();
        List<String> lines = new String(content, UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            checkArgument(colon > 0, "line %s: \"%s\" is not of the form group:user,user", i + 1, line);
            String group = line.substring(0, colon).strip();
            USERS.split(line.substring(colon + 1)).forEach(user -> groups.put(user, group));
        }
        return groups.build();
    }
}
