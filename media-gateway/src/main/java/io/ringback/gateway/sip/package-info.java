/** SIP by JAIN-SIP behind a small façade: no JAIN-SIP type leaves this package. Imports {@code sdp} and {@code guard}. */
package io.ringback.gateway.sip;
