package io.ringback.local.template;

import java.time.Duration;

/** Invokes a function again and again. */
public record Schedule(String name, Duration rate) {}
