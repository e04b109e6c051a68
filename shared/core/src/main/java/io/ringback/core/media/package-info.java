/** What the media gateway is told and what it reports. Imports {@code call} only. */
package io.ringback.core.media;
