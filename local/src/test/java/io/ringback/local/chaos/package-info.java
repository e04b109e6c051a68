/**
 * Breaks everything that can break while calls run, from a printed seed, and judges what phones and receivers saw.
 * {@code ChaosIT} is its short form; the profile {@code chaos} runs it for 20 minutes.
 */
package io.ringback.local.chaos;
