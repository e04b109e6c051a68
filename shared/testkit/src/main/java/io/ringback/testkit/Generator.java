package io.ringback.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Random values from one seed: the same seed gives the same values in the same order. */
public final class Generator {
    private final SplittableRandom random;

    public Generator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From {@code least} to {@code most}, both possible. */
    public int between(int least, int most) {
        return random.nextInt(least, Math.addExact(most, 1));
    }

    /** From {@code least} to {@code most}, both possible. */
    public long between(long least, long most) {
        return random.nextLong(least, Math.addExact(most, 1L));
    }

    /** From 0 up to but not including {@code bound}. */
    public double below(double bound) {
        return random.nextDouble() * bound;
    }

    /** From 0 to {@code most}, in whole milliseconds. */
    public Duration upTo(Duration most) {
        return Duration.ofMillis(between(0L, most.toMillis()));
    }

    /** True in so many of a hundred cases. */
    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** One of them. */
    public <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One of them. */
    @SafeVarargs
    public final <T> T pick(T first, T... others) {
        int index = random.nextInt(others.length + 1);
        return index == 0 ? first : others[index - 1];
    }

    /** One of an enum's constants. */
    public <E extends Enum<E>> E pick(Class<E> type) {
        return pick(Arrays.asList(type.getEnumConstants()));
    }

    /** Between {@code least} and {@code most} values. */
    public <T> List<T> list(int least, int most, Function<Generator, T> element) {
        int size = between(least, most);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.apply(this));
        }
        return list;
    }

    /** The same elements in another order. */
    public <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        for (int i = copy.size() - 1; i > 0; i--) {
            T last = copy.get(i);
            int other = random.nextInt(i + 1);
            copy.set(i, copy.get(other));
            copy.set(other, last);
        }
        return copy;
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text of this alphabet. */
    public String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
