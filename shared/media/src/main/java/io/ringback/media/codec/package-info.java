/** Speech codecs. Imports nothing of ours. */
package io.ringback.media.codec;
