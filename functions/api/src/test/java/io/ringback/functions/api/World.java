package io.ringback.functions.api;

import io.ringback.core.port.DeadLetters;

/** What requests can change, counted. */
record World(int commits, int subscriptions, int identities, int deadLetters) {
    static World of(ApiBench bench) {
        return new World(
                bench.calls.commits().size(),
                bench.subscriptions.all().size(),
                bench.identities.page(null, 100).size(),
                deadLetters(bench));
    }

    int things() {
        return commits + subscriptions + identities - deadLetters;
    }

    private static int deadLetters(ApiBench bench) {
        DeadLetters.Answer all = bench.deadLetters.list(new DeadLetters.Question(null, null, DeadLetters.MOST, null));
        return ((DeadLetters.Answer.Page) all).letters().size();
    }
}
