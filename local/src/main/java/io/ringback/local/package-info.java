/**
 * Ringback on one machine: the same functions, the same template, no cloud.
 *
 * <p>{@code template} reads {@code template.yaml}, {@code runtime} runs the functions as it says and checks their
 * permissions, {@code http} is the API gateway, {@code trigger} feeds queues and schedules, {@code stack} puts
 * everything together, {@code phones} is the simulated telephone network, {@code command} is the command line.
 */
package io.ringback.local;
