package io.ringback.core.port;

import io.ringback.core.call.Identifier;
import io.ringback.core.directory.Registration;
import java.time.Instant;
import java.util.List;

/** Where registered users can be reached. */
public interface Registrations {
    /** How many contacts one user may have at a time. */
    int CONTACTS = 8;

    /**
     * Writes or refreshes a contact of a user; one whose Call-ID is the known one and whose CSeq is lower comes out of
     * order and changes nothing (RFC 3261 §10.3). Of more than {@link #CONTACTS} those that registered last are kept.
     */
    void put(Registration registration);

    /**
     * Removes a contact; one that is not there is removed already. One that a REGISTER with this Call-ID has written whose
     * CSeq is not lower stays: the wish to remove it comes out of order (RFC 3261 §10.3).
     */
    void remove(Identifier user, String contact, String callId, long cseq);

    /** Removes every contact of a user that is no more. */
    void removeAll(Identifier user);

    /** The user's contacts that have not expired, the one that registered last first, strongly consistent. */
    List<Registration> of(Identifier user, Instant now);
}
