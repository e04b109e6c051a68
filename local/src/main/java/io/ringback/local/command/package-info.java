/** The command line: {@code up}, {@code demo}, {@code invoke}. Imports {@code stack} and what it needs to show. */
package io.ringback.local.command;
