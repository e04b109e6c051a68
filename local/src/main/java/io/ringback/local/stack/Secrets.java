package io.ringback.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringback.local.http.OwnerOnly;
import io.ringback.local.runtime.SecretStore;
import io.ringback.local.template.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The template's secrets: made at the first start as the cloud would, then kept in a file. Whoever edits the file
 * rotates them: it is looked at again whenever it has changed.
 */
final class Secrets implements SecretStore {
    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** A reference from one secret's value to another's, by its ARN. */
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:secretsmanager:([^}]+)}}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private Map<String, String> values;
    private Edition edition;

    private Secrets(Path file, Map<String, String> values) throws IOException {
        this.file = file;
        this.values = values;
        this.edition = Edition.of(file);
    }

    /** Makes the secrets that the file does not have yet. */
    static Secrets in(Path file, List<Secret> declared) throws IOException {
        Map<String, String> known = Files.exists(file) ? read(file) : new TreeMap<>();
        boolean changed = false;
        for (Secret secret : declared) {
            changed |= known.putIfAbsent(secret.arn(), firstValue(secret)) == null;
        }
        if (changed) {
            Files.writeString(file, "");
            OwnerOnly.protect(file);
            MAPPER.writeValue(file.toFile(), known);
        }
        return new Secrets(file, known);
    }

    /** Its value as the file has it now; of a file that cannot be read, as it was before. */
    @Override
    public synchronized Optional<String> value(String arn) {
        try {
            Edition now = Edition.of(file);
            if (!now.equals(edition)) {
                // Once for each edit, so that a file that cannot be read is complained of once.
                edition = now;
                values = read(file);
            }
        } catch (IOException e) {
            LOG.warn("The secrets stay as they were: {}", e.toString());
        }
        return Optional.ofNullable(values.get(arn)).map(this::resolve);
    }

    private static Map<String, String> read(Path file) throws IOException {
        try {
            return MAPPER.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no JSON object of texts: " + e.getOriginalMessage(), e);
        }
    }

    /** By what a file that was edited differs from itself. */
    private record Edition(FileTime modified, long size) {
        static Edition of(Path file) throws IOException {
            return new Edition(Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    private static String firstValue(Secret secret) throws IOException {
        if (secret.value() != null) {
            return secret.value();
        }
        String text = RANDOM.ints(secret.length(), 0, ALPHABET.length())
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
