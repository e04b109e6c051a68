package io.ringback.functions.api;

/** What requests can change, counted. */
record World(int commits, int subscriptions, int identities, int deadLetters) {
    static World of(ApiBench bench) {
        return new World(
                bench.calls.commits().size(),
                bench.subscriptions.all().size(),
                bench.identities.page(null, 100).size(),
                bench.deadLetters());
    }

    int things() {
        return commits + subscriptions + identities - deadLetters;
    }
}
