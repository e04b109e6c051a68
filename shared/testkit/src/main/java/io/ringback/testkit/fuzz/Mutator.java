package io.ringback.testkit.fuzz;

import io.ringback.testkit.Generator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes hostile inputs of good ones: bits turned, pieces left out, doubled, swapped between two of them or repeated many
 * times, numbers at the edges of their types, words of the grammar where they do not belong.
 */
public final class Mutator {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "255",
            "256",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775808",
            "99999999999999999999",
            "1e999",
            "0x7f",
            "00000000000000000001");

    private static final int MOST_STEPS = 6;
    private static final int MOST_REPEATS = 64;

    private final List<byte[]> corpus;
    private final List<byte[]> words;
    private final int longest;

    /**
     * A mutator.
     *
     * @param corpus good inputs
     * @param words of their grammar
     * @param longest an input in bytes
     */
    public Mutator(List<byte[]> corpus, List<String> words, int longest) {
        this.corpus = List.copyOf(corpus);
        this.words = Stream.concat(words.stream(), NUMBERS.stream())
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.longest = longest;
    }

    /** The next input; one in fifty is no relative of a good one. */
    public byte[] next(Generator generator) {
        if (generator.percent(2)) {
            return junk(generator);
        }
        byte[] input = generator.pick(corpus);
        for (int steps = generator.between(0, MOST_STEPS); steps > 0; steps--) {
            input = step(input, generator);
        }
        return input.length <= longest ? input : Arrays.copyOf(input, longest);
    }

    private byte[] junk(Generator generator) {
        if (generator.percent(50)) {
            return generator.bytes(generator.between(0, 200));
        }
        byte[] input = new byte[0];
        for (byte[] word : generator.list(0, 40, from -> from.pick(words))) {
            input = joined(input, word, new byte[0]);
        }
        return input;
    }

    private byte[] step(byte[] input, Generator generator) {
        int from = generator.between(0, input.length);
        int to = Math.min(input.length, from + generator.between(0, generator.percent(80) ? 8 : 400));
        byte[] before = Arrays.copyOf(input, from);
        byte[] piece = Arrays.copyOfRange(input, from, to);
        byte[] after = Arrays.copyOfRange(input, to, input.length);
        return switch (generator.between(0, 7)) {
            case 0 -> turned(input, generator);
            case 1 -> joined(before, generator.bytes(piece.length), after);
            case 2 -> joined(before, new byte[0], after);
            case 3 -> joined(before, joined(piece, piece, new byte[0]), after);
            case 4 -> joined(before, generator.pick(words), after);
            case 5 -> joined(before, repeated(piece, generator.between(2, MOST_REPEATS)), after);
            case 6 -> before;
            default -> {
                byte[] other = generator.pick(corpus);
                yield joined(
                        before, Arrays.copyOfRange(other, generator.between(0, other.length), other.length), after);
            }
        };
    }

    private static byte[] turned(byte[] input, Generator generator) {
        byte[] turned = input.clone();
        for (int i = generator.between(1, 4); i > 0 && turned.length > 0; i--) {
            turned[generator.between(0, turned.length - 1)] ^= (byte) (1 << generator.between(0, 7));
        }
        return turned;
    }

    private byte[] repeated(byte[] piece, int times) {
        int whole = piece.length == 0 ? 0 : Math.min(times, longest / piece.length);
        byte[] all = new byte[piece.length * whole];
        for (int i = 0; i < whole; i++) {
            System.arraycopy(piece, 0, all, i * piece.length, piece.length);
        }
        return all;
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
