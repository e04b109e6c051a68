package io.ringback.local.phones;

/**
 * A prompt that a phone heard from beginning to end.
 *
 * @param fromMs where it began, in ms since the phone's answer
 * @param toMs where it ended
 */
public record HeardPrompt(long fromMs, long toMs) {}
