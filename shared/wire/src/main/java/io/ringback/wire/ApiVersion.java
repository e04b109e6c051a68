package io.ringback.wire;

import java.util.Arrays;
import java.util.Optional;

/** The API versions that are spoken. Each belongs to one dialect; the dialect's package has its codecs. */
public enum ApiVersion {
    /** The native API, also when a request names no version. */
    CALLING_SERVER_2021_06_15("2021-06-15-preview");

    /** What a request without {@code api-version} speaks. */
    public static final ApiVersion DEFAULT = CALLING_SERVER_2021_06_15;

    private final String wireName;

    ApiVersion(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code api-version}. */
    public String wireName() {
        return wireName;
    }

    /** The version with this value of {@code api-version}, letters compared as they are. */
    public static Optional<ApiVersion> of(String wireName) {
        return Arrays.stream(values())
                .filter(version -> version.wireName.equals(wireName))
                .findFirst();
    }
}
