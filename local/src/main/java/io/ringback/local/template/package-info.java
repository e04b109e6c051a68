/**
 * Reads {@code template.yaml}: functions, routes, event sources, schedules, queues, table, secrets, permissions, with
 * references resolved against local names. Imports nothing of ours.
 */
package io.ringback.local.template;
