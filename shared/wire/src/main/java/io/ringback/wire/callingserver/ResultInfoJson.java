package io.ringback.wire.callingserver;

import io.ringback.core.call.ResultInfo;
import org.jspecify.annotations.Nullable;

/** A ResultInfo as it is answered (native API §3). */
record ResultInfoJson(
        int code, int subcode, String reason, @Nullable Integer sipStatus, String message) {
    static ResultInfoJson of(ResultInfo info) {
        return new ResultInfoJson(
                info.code(), info.subcode(), info.reason().wireName(), info.sipStatus(), info.message());
    }

    static @Nullable ResultInfoJson ofNullable(@Nullable ResultInfo info) {
        return info == null ? null : of(info);
    }
}
