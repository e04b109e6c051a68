package io.ringback.core.port;

import io.ringback.core.decision.Target;

/** One stream of one call: what a poke names. */
public record StreamRef(String serverCallId, Target target) {}
