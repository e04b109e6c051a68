package io.ringback.local.stack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringback.local.runtime.SecretStore;
import io.ringback.local.template.Template;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the template became: settings are looked up by the names under which functions know them. */
record Deployment(Template template, SecretStore secrets) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The value that functions are given for this setting; it is the same for all of them. */
    String setting(String name) {
        return template.functions().stream()
                .flatMap(function -> Stream.ofNullable(function.settings().get(name)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No function of the template has a setting " + name));
    }

    /** The current value of the secret that a setting names. */
    String secret(String settingName) {
        return secrets.value(setting(settingName))
                .orElseThrow(() -> new IllegalArgumentException("The template has no secret for " + settingName));
    }

    /** The keys that the API accepts now. */
    List<String> accessKeys() {
        return list("RINGBACK_ACCESS_KEYS_SECRET", "accessKeys");
    }

    /** What callbacks are signed with now. */
    List<String> webhookSecrets() {
        return list("RINGBACK_WEBHOOK_SECRETS_SECRET", "webhookSecrets");
    }

    private List<String> list(String settingName, String member) {
        JsonNode value;
        try {
            value = MAPPER.readTree(secret(settingName));
        } catch (JacksonException e) {
            throw new IllegalStateException("the secret of " + settingName + " is no JSON", e);
        }
        return StreamSupport.stream(value.path(member).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
