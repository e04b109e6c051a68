/** What applications want of a call, independent of any dialect. Imports {@code call} and {@code media}. */
package io.ringback.core.command;
