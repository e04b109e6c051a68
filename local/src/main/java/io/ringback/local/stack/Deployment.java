package io.ringback.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.template.Template;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the template became: settings are looked up by the names under which functions know them.
 *
 * @param secrets current values, by ARN
 */
record Deployment(Template template, Map<String, String> secrets) {
    /** The value that functions are given for this setting; it is the same for all of them. */
    String setting(String name) {
        return template.functions().stream()
                .flatMap(function -> Stream.ofNullable(function.settings().get(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No function of the template has a setting " + name));
    }

    /** The value of the secret that a setting names. */
    String secret(String settingName) {
        String value = secrets.get(setting(settingName));
        if (value == null) {
            throw new IllegalArgumentException("The template has no secret for " + settingName);
        }
        return value;
    }

    /** The first of the keys that the API accepts. */
    String accessKey() throws IOException {
        return new ObjectMapper()
                .readTree(secret("RINGBACK_ACCESS_KEYS_SECRET"))
                .path("accessKeys")
                .path(0)
                .asText();
    }
}
