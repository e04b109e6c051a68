package io.ringback.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request is answered and whether it changes anything, as tables write it: {@code 202 changed},
 * {@code 200 same}, {@code 400 8501}.
 *
 * @param code of the error; empty for a success
 */
record Expected(int status, String code, boolean changes) {
    static Expected parse(String text) {
        String[] words = text.split(" ", -1);
        int status = Integer.parseInt(words[0]);
        return new Expected(status, status < 400 ? "" : words[1], words[1].equals("changed"));
    }

    void check(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(status < 400 ? "" : reply.code()).isEqualTo(code);
    }
}
