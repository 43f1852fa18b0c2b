package io.tarn.quota.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of workgroups and budgets: Athena's rule for workgroups.
 */
final class Names
{
    static final String ALLOWED = "1 to 128 of the characters A-Z, a-z, 0-9, _ and -";

    private static final int MAX_LENGTH = 128;

    private final Map<String, String> taken = new HashMap<>();

    static Optional<String> read(PolicyNode node)
    {
        Optional<String> name = node.text(ALLOWED);
        if (name.isPresent() && (name.get().length() > MAX_LENGTH || !name.get().chars().allMatch(Names::isAllowed))) {
            node.refuse(ALLOWED);
            return Optional.empty();
        }
        return name;
    }

    /**
     * Notes the name of an element as a problem where an element before it has the same.
     */
    void take(PolicyNode element)
    {
        element.member("name").filter(node -> node.json().isTextual()).ifPresent(node -> {
            String before = taken.putIfAbsent(node.json().textValue(), element.path());
            if (before != null) {
                node.problems().add(node.path(), "is %s, which is the name of %s already".formatted(node.json(), before));
            }
        });
    }

    private static boolean isAllowed(int character)
    {
        return character == '_' || character == '-' || (character < 128 && Character.isLetterOrDigit(character));
    }
}
