package io.ringback.functions.workers;

import io.ringback.core.port.Ids;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Ids in a row, of the shapes that ids have; a text can be rid of the numbers in them. */
final class CountedIds implements Ids {
    private static final Pattern ID = Pattern.compile("scene[0-9]{14}_(?:c[0-9]{11})?|id[0-9]{18}");

    private long count;

    @Override
    public synchronized String newServerCallId() {
        return String.format(Locale.ROOT, "scene%014d_", ++count);
    }

    @Override
    public synchronized String newChildId(String serverCallId) {
        return serverCallId + String.format(Locale.ROOT, "c%011d", ++count);
    }

    @Override
    public synchronized String newId() {
        return String.format(Locale.ROOT, "id%018d", ++count);
    }

    /** The text with every id named by when it comes first: two that tell the same of other ids are equal then. */
    static String renamed(String text) {
        Map<String, String> names = new HashMap<>();
        return ID.matcher(text).replaceAll(id -> names.computeIfAbsent(id.group(), first -> "<" + names.size() + ">"));
    }
}
