package io.tarn.format.ion;

import com.google.common.collect.ImmutableList;
import io.tarn.format.ion.IonOptions.Step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Locale.ENGLISH;

/**
 * A place in the values of a file that columns come from, or that leads to such places. Not thread-safe.
 */
final class PathNode
{
    /**
     * Files may have any number of names, of which most lead nowhere.
     */
    private static final int MAX_KNOWN_NAMES = 10_000;

    private final boolean caseSensitive;
    private final List<Integer> channels = new ArrayList<>();
    private final Map<String, PathNode> fields = new HashMap<>();
    private final Map<Integer, PathNode> elements = new HashMap<>();
    private final Map<String, List<PathNode>> knownNames = new HashMap<>();
    private PathNode any;

    PathNode(boolean caseSensitive)
    {
        this.caseSensitive = caseSensitive;
    }

    void add(List<Step> path, int channel)
    {
        PathNode node = this;
        for (Step step : path) {
            node = node.child(step);
        }
        node.channels.add(channel);
    }

    private PathNode child(Step step)
    {
        if (step.field().isPresent()) {
            return fields.computeIfAbsent(normalized(step.field().get()), _ -> new PathNode(caseSensitive));
        }
        if (step.element().isPresent()) {
            return elements.computeIfAbsent(step.element().get(), _ -> new PathNode(caseSensitive));
        }
        if (any == null) {
            any = new PathNode(caseSensitive);
        }
        return any;
    }

    /**
     * The columns whose values are here.
     */
    List<Integer> channels()
    {
        return channels;
    }

    boolean isInner()
    {
        return any != null || !fields.isEmpty() || !elements.isEmpty();
    }

    /**
     * Where a value in this one leads.
     *
     * @param name of the value's field; null where it has none
     */
    List<PathNode> children(String name, int index)
    {
        if (name == null || !elements.isEmpty()) {
            return lookUp(name, index);
        }
        List<PathNode> known = knownNames.get(name);
        if (known == null) {
            known = lookUp(name, index);
            if (knownNames.size() < MAX_KNOWN_NAMES) {
                knownNames.put(name, known);
            }
        }
        return known;
    }

    private List<PathNode> lookUp(String name, int index)
    {
        ImmutableList.Builder<PathNode> children = ImmutableList.builder();
        PathNode field = name == null ? null : fields.get(normalized(name));
        if (field != null) {
            children.add(field);
        }
        PathNode element = elements.get(index);
        if (element != null) {
            children.add(element);
        }
        if (any != null) {
            children.add(any);
        }
        return children.build();
    }

    private String normalized(String name)
    {
        return caseSensitive ? name : name.toLowerCase(ENGLISH);
    }
}
