/** SIPp as the far side of SIP tests. Needs the program {@code sipp} on the path; tests skip without it. */
package io.ringback.testkit.sipp;
