package io.ringback.wire.access;

import java.util.function.Supplier;

/**
 * The access keys as they change: what does not fit the keys of a moment ago is looked at again with keys read anew,
 * since somebody else may have signed with a new one already.
 *
 * @param current the keys, as they were not long ago
 * @param fresh the keys as they are now
 */
public record LiveKeys(Supplier<AccessKeys> current, Supplier<AccessKeys> fresh) {
    /** The HMAC-SHA256 of the text under the first key. */
    public byte[] sign(String text) {
        return current.get().sign(text);
    }

    /** True when the signature is the HMAC-SHA256 of the text under a live key. */
    public boolean signed(String text, byte[] signature) {
        return current.get().signed(text, signature) || fresh.get().signed(text, signature);
    }
}
