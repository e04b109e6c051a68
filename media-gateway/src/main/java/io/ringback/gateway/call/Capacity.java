package io.ringback.gateway.call;

/**
 * How much a gateway carries (telephony §11).
 *
 * @param legs live legs at most
 * @param legsPerCall live legs of one call at most
 * @param newLegsPerSecond legs begun in a second at most
 * @param trunkLegs live legs at most that come or go over the trunk
 * @param newTrunkLegsPerSecond dials over the trunk in a second; those beyond it wait for a few seconds
 */
public record Capacity(int legs, int legsPerCall, int newLegsPerSecond, int trunkLegs, int newTrunkLegsPerSecond) {
    /** 200 legs, 50 of one call, 50 a second, which is a call to as many targets as it may have; the trunk the same. */
    public static final Capacity DEFAULT = new Capacity(200, 50, 50, 200, 50);

    /** The same with no more legs than this. */
    public Capacity upTo(int most) {
        return new Capacity(
                Math.min(legs, most), legsPerCall, newLegsPerSecond, Math.min(trunkLegs, most), newTrunkLegsPerSecond);
    }
}
