package io.ringback.functions.api.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110 §14.1).
 *
 * @param first offset of the first byte
 * @param last offset of the last byte; before {@code first} when no byte of the file was asked for
 */
public record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * Reads a {@code Range} header. What is not one range of bytes is ignored, as RFC 9110 §14.2 allows, and so is
     * answered as if it were not there.
     *
     * @param size of the file
     */
    public static Optional<ByteRange> parse(String header, long size) {
        Matcher range = ONE.matcher(header.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(range.group(2)), size);
            return Optional.of(new ByteRange(size - suffix, size - 1));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
        if (last < first && !range.group(2).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    public boolean isEmpty() {
        return last < first;
    }

    /** The same range, but no longer than this. */
    public ByteRange atMost(int length) {
        return new ByteRange(first, Math.min(last, first + length - 1));
    }

    /** How many bytes; at most 2 GiB, so that it can be read into memory. */
    public int length() {
        return Math.toIntExact(last - first + 1);
    }

    /** The value of {@code Content-Range}. */
    public String contentRange(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
