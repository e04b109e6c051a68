package io.ringback.aws;

import io.ringback.core.call.CallIds;
import io.ringback.core.port.Ids;
import java.security.SecureRandom;
import java.util.Base64;

/** Ids from a cryptographic source, six bits a character. */
public final class RandomIds implements Ids {
    /** 120 bits. */
    private static final int ID_LENGTH = 20;

    private static final int CHARACTERS_PER_GROUP = 4;
    private static final int BYTES_PER_GROUP = 3;

    private final SecureRandom random;

    public RandomIds() {
        this(new SecureRandom());
    }

    RandomIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String newServerCallId() {
        return characters(CallIds.SERVER_CALL_ID_LENGTH);
    }

    @Override
    public String newChildId(String serverCallId) {
        return serverCallId + characters(CallIds.CHILD_SUFFIX_LENGTH);
    }

    @Override
    public String newId() {
        return characters(ID_LENGTH);
    }

    /** @param length a multiple of four */
    private String characters(int length) {
        byte[] bytes = new byte[length / CHARACTERS_PER_GROUP * BYTES_PER_GROUP];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
