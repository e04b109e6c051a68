/**
 * Recorders: frames of the mixing cycle on their way from the pacer to files. Imports {@code media} and {@code mix}.
 */
package io.ringback.media.record;
