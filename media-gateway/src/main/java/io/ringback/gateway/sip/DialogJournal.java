package io.ringback.gateway.sip;

/** Where the SIP side notes each leg on disk, so that a later life can end it. */
public interface DialogJournal {
    /**
     * Notes the leg as it is now; returns when it is on disk. Called before an INVITE leaves, and whenever tags, CSeq,
     * route set or remote target change.
     */
    void record(DialogRecord dialog);

    /** The leg is over: no later life needs to end it. */
    void forget(String legId);
}
