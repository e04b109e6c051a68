package io.ringback.core;

import io.ringback.core.call.CallIds;
import io.ringback.core.port.Ids;

/** Ids that count: readable in a failure, and the same in every run. */
public final class TestIds implements Ids {
    private int count;

    @Override
    public String newServerCallId() {
        return padded("call", CallIds.SERVER_CALL_ID_LENGTH);
    }

    @Override
    public String newChildId(String serverCallId) {
        return serverCallId + padded("child", CallIds.CHILD_SUFFIX_LENGTH);
    }

    @Override
    public String newId() {
        return padded("id", 16);
    }

    private String padded(String prefix, int length) {
        String number = String.valueOf(++count);
        return prefix + "0".repeat(length - prefix.length() - number.length()) + number;
    }
}
