package io.ringback.local.template;

/**
 * A route of the HTTP API.
 *
 * @param method an HTTP method or {@code ANY}
 * @param path e.g. {@code /calling/callConnections/{callConnectionId}/:hangup}; {@code $default} takes what no other
 *     route does
 */
public record HttpRoute(String method, String path) {
    public static final String DEFAULT = "$default";

    /** As it stands in an event, e.g. {@code POST /calling/callConnections}. */
    public String routeKey() {
        return isDefault() ? DEFAULT : method + " " + path;
    }

    public boolean isDefault() {
        return path.equals(DEFAULT);
    }
}
