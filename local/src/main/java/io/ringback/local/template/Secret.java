package io.ringback.local.template;

import org.jspecify.annotations.Nullable;

/**
 * A secret and how its first value is made.
 *
 * @param length of the generated text
 * @param skeleton a JSON object to which the text is added, or null when the text is the whole value
 * @param generatedKey the member of {@code skeleton} that takes the text
 * @param value a value given in the template; null when it is generated
 */
public record Secret(
        String logicalId,
        String arn,
        int length,
        @Nullable String skeleton,
        @Nullable String generatedKey,
        @Nullable String value) {}
