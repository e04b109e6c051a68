package io.ringback.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The API's certificate, by an authority of its own that clients are told to trust; both live in a folder. */
public final class Tls {
    private static final char[] PASSWORD = "ringback".toCharArray();
    private static final String SERVER = "server";
    private static final Duration REST = Duration.ofDays(30);

    private final Path authority;
    private final KeyStore keys;

    private Tls(Path authority, KeyStore keys) {
        this.authority = authority;
        this.keys = keys;
    }

    /**
     * Reads what an earlier start left, or makes a new authority and certificate.
     *
     * @param hosts names and addresses that the certificate is for
     */
    public static Tls in(Path folder, List<String> hosts, Clock clock) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Path store = folder.resolve("server.p12");
        Path authority = folder.resolve("ca.pem");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        if (Files.exists(store) && Files.exists(authority)) {
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            if (covers((X509Certificate) keys.getCertificate(SERVER), hosts, clock)) {
                return new Tls(authority, keys);
            }
        }
        ServerCertificate made = ServerCertificate.make(hosts, clock);
        keys.load(null, PASSWORD);
        keys.setKeyEntry(SERVER, made.key(), PASSWORD, new X509Certificate[] {made.certificate(), made.authority()});
        Files.write(store, new byte[0]);
        OwnerOnly.protect(store);
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD);
        }
        Files.writeString(authority, pem(made.authority()));
        return new Tls(authority, keys);
    }

    /** The authority's certificate, PEM. */
    public Path authorityFile() {
        return authority;
    }

    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static boolean covers(X509Certificate certificate, List<String> hosts, Clock clock)
            throws GeneralSecurityException {
        Instant needed = clock.instant().plus(REST);
        List<String> covered = certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        return certificate.getNotAfter().toInstant().isAfter(needed) && covered.containsAll(hosts);
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
