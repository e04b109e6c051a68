/** What of phone numbers and failures may stand in a log. Imports nothing of ours. */
package io.ringback.wire.log;
