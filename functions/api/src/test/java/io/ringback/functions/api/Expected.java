package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request is answered and whether it changes anything, as tables write it: {@code 202 changed},
 * {@code 202 noted} for a change that has no effect outside the call, {@code 200 same}, {@code 400 8501}.
 *
 * @param code of the error; empty for a success
 * @param wakes whether somebody is woken to carry out what was decided
 */
record Expected(int status, String code, boolean changes, boolean wakes) {
    static Expected parse(String text) {
        String[] words = text.split(" ", -1);
        int status = Integer.parseInt(words[0]);
        return new Expected(
                status, status < 400 ? "" : words[1], words[1].matches("changed|noted"), words[1].equals("changed"));
    }

    void check(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(status < 400 ? "" : reply.code()).isEqualTo(code);
    }
}
