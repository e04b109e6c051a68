/** The mixer of a call: one path for one, two or fifty legs. Imports {@code media} only. */
package io.ringback.media.mix;
