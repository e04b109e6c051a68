/** SIP by JAIN-SIP behind a small façade: no JAIN-SIP type leaves it. Imports {@code sdp}, {@code guard} and {@code task}. */
package io.ringback.gateway.sip;
