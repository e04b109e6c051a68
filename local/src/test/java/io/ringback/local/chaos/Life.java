package io.ringback.local.chaos;

import java.time.Instant;

/**
 * The end of one life of the gateway and the begin of the next.
 *
 * @param killedAt when its process was gone
 * @param launchedAt when the next process was launched
 * @param restartedAt when that one took calls
 */
record Life(Instant killedAt, Instant launchedAt, Instant restartedAt) {}
