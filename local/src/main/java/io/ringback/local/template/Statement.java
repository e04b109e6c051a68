package io.ringback.local.template;

import java.util.List;

/**
 * Something that a function may do.
 *
 * @param actions e.g. {@code dynamodb:GetItem}; may hold {@code *}
 * @param resources ARNs; may hold {@code *}
 */
public record Statement(List<String> actions, List<String> resources) {
    public Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }

    public boolean allows(String action, String resource) {
        return actions.stream().anyMatch(pattern -> matches(pattern, action))
                && resources.stream().anyMatch(pattern -> matches(pattern, resource));
    }

    /** {@code *} stands for any text, {@code ?} for any character, as in a policy. */
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        int t = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}
