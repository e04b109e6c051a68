/** What applications are told, independent of any dialect. Imports {@code call} only. */
package io.ringback.core.event;
