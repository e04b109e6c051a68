/** Hostile inputs for parsers, from a printed seed. Imports nothing of ours but the generator. */
package io.ringback.testkit.fuzz;
