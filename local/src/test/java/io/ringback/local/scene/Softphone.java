package io.ringback.local.scene;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringback.testkit.baresip.Baresip;
import io.ringback.testkit.baresip.BaresipSettings;
import io.ringback.testkit.baresip.BaresipSettings.Account;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** baresip, registered as a user of the stack. */
final class Softphone {
    private Softphone() {}

    /**
     * Starts one that says a sine, and waits until it is registered.
     *
     * @param sip of the identity, as CreateIdentity answered it
     * @param gateway {@code sip:HOST:PORT}
     */
    static Baresip registered(JsonNode sip, String gateway, int hertz, Path home) throws IOException {
        URI address = URI.create(gateway.replace("sip:", "sip://"));
        Account account = new Account(
                sip.path("username").asText(),
                sip.path("password").asText(),
                sip.path("domain").asText(),
                new InetSocketAddress(address.getHost(), address.getPort()),
                "udp");
        Baresip phone = Baresip.start(
                Files.createDirectories(home), BaresipSettings.saysSine(hertz).registeredAs(account));
        try {
            phone.awaitRegistered();
            return phone;
        } catch (RuntimeException e) {
            phone.close();
            throw e;
        }
    }
}
