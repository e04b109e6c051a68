package io.ringback.local.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.local.http.OwnerOnly;
import io.ringback.local.template.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The template's secrets: made at the first start as the cloud would, then kept in a file. */
final class Secrets {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** A reference from one secret's value to another's, by its ARN. */
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:secretsmanager:([^}]+)}}");

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    /** @return values by ARN */
    static Map<String, String> in(Path file, List<Secret> declared) throws IOException {
        Map<String, String> known = Files.exists(file)
                ? MAPPER.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {})
                : new TreeMap<>();
        Secrets secrets = new Secrets(known);
        boolean changed = false;
        for (Secret secret : declared) {
            changed |= known.putIfAbsent(secret.arn(), secrets.firstValue(secret)) == null;
        }
        if (changed) {
            Files.writeString(file, "");
            OwnerOnly.protect(file);
            MAPPER.writeValue(file.toFile(), known);
        }
        return known.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> secrets.resolve(entry.getValue())));
    }

    private String firstValue(Secret secret) throws IOException {
        if (secret.value() != null) {
            return secret.value();
        }
        String text = random.ints(secret.length(), 0, ALPHABET.length())
                .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
                .collect(Collectors.joining());
        if (secret.skeleton() == null || secret.generatedKey() == null) {
            return text;
        }
        ObjectNode object = (ObjectNode) MAPPER.readTree(secret.skeleton());
        return object.put(secret.generatedKey(), text).toString();
    }

    private String resolve(String value) {
        return REFERENCE.matcher(value).replaceAll(match -> {
            String referred = values.get(match.group(1));
            if (referred == null) {
                throw new IllegalArgumentException("A secret refers to " + match.group(1) + ", which is not there");
            }
            return Matcher.quoteReplacement(referred);
        });
    }
}
