package io.ringback.core.call;

import org.jspecify.annotations.Nullable;

/**
 * How something ended (native API §3, ResultInfo).
 *
 * @param code an HTTP-like status
 * @param subcode the finer reason, e.g. 8508 for a cancelled operation
 * @param reason why
 * @param sipStatus the final SIP status of the leg, where there was one
 * @param message for people
 */
public record ResultInfo(
        int code, int subcode, EndReason reason, @Nullable Integer sipStatus, String message) {
    public static ResultInfo of(EndReason reason, String message) {
        return new ResultInfo(reason.code(), reason.subcode(), reason, null, message);
    }

    public static ResultInfo of(EndReason reason, @Nullable Integer sipStatus, String message) {
        return new ResultInfo(reason.code(), reason.subcode(), reason, sipStatus, message);
    }
}
