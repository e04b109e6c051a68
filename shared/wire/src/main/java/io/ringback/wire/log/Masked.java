package io.ringback.wire.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts as they may stand in a log, which is read by more people than calls: of each phone number its beginning and its
 * end, of an address neither user nor query, all in one line, and not too much of it.
 */
public final class Masked {
    /** How many characters of a text are logged. */
    static final int LONGEST = 300;

    private static final int FRAMES = 100;
    private static final int CAUSES = 5;

    /** Behind a plus everything that is long enough; without one what stands by itself: ids have digits too. */
    private static final Pattern NUMBER = Pattern.compile("(\\+|%2[Bb])([0-9]{3})[0-9]{2,}([0-9]{2})"
            + "|(?<![A-Za-z0-9_.-])([0-9]{3})[0-9]{2,10}([0-9]{2})(?![A-Za-z0-9_-])");

    private static final Pattern USER = Pattern.compile("(?<=://)[^/?#@\\s]*@");
    private static final Pattern QUERY = Pattern.compile("(://[^?#\\s]*)[?#]\\S*");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]");

    private Masked() {}

    /** The text in one line, whatever somebody has put into it. */
    public static String text(String text) {
        // First cut roughly, so that a long text costs little, then exactly: masking may lengthen it.
        String line = CONTROL.matcher(cut(text, 2 * LONGEST)).replaceAll(" ");
        String plain = QUERY.matcher(USER.matcher(line).replaceAll("")).replaceAll("$1");
        return cut(
                NUMBER.matcher(plain)
                        .replaceAll(number -> number.group(1) != null
                                ? number.group(1) + number.group(2) + "***" + number.group(3)
                                : number.group(4) + "***" + number.group(5)),
                LONGEST);
    }

    /** The failure with its causes and where they happened; the messages of each as {@link #text} has them. */
    public static String trace(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "\nCaused by: ").append(text(cause.toString()));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                trace.append("\n\tat ").append(frames[i]);
            }
            cause = cause.getCause();
        }
        return trace.toString();
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
