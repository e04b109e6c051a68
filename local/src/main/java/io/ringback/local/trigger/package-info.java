/** What invokes functions without a caller: queues and schedules. Imports {@code template} and {@code runtime}. */
package io.ringback.local.trigger;
