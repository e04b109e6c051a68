/** What tests of several modules share: a clock that stands still, seeded generators. Imports nothing of ours. */
package io.ringback.testkit;
