package io.ringback.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededTest {
    @Test
    void checksAsManyCasesAsAsked() {
        AtomicInteger cases = new AtomicInteger();
        Seeded.check(25, generator -> cases.incrementAndGet());
        assertThat(cases).hasValue(25);
    }

    @Test
    void namesTheSeedThatFails() {
        List<Integer> values = new ArrayList<>();
        assertThatThrownBy(() -> Seeded.check(1, generator -> {
                    values.add(generator.between(0, 1_000_000));
                    assertThat(values).isEmpty();
                }))
                .isInstanceOf(AssertionError.class)
                .message()
                .satisfies(message -> {
                    long seed = Long.parseLong(message.replaceAll("(?s).*?seed (-?\\d+);.*", "$1"));
                    assertThat(new Generator(seed).between(0, 1_000_000)).isEqualTo(values.get(0));
                });
    }

    @Test
    void shufflingLosesNothing() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        Seeded.check(
                20,
                generator -> assertThat(generator.shuffled(numbers))
                        .containsExactlyInAnyOrderElementsOf(numbers)
                        .isNotEqualTo(numbers));
    }

    @Test
    void bothEndsOfARangeComeUp() {
        Seeded.check(
                5,
                generator -> assertThat(generator.list(200, 200, g -> g.between(1, 3)))
                        .contains(1, 2, 3)
                        .allMatch(n -> n >= 1 && n <= 3));
    }
}
