/** Recorders: frames of the mixing cycle on their way from the pacer to a file. Imports {@code media}, {@code wav}. */
package io.ringback.media.record;
