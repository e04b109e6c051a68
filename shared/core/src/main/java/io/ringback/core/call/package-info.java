/** The state of one server call, as immutable values. Imports nothing of ours. */
package io.ringback.core.call;
