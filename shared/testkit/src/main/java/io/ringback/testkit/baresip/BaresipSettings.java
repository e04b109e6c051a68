package io.ringback.testkit.baresip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user of baresip 1.0.0 says and how it is reached.
 *
 * @param source an audio source of baresip with its device, e.g. {@code ausine,440} or {@code aufile,/path.wav}
 * @param sourceRate of that source in Hz: {@code ausine} exists at 48 kHz only, {@code aufile} needs the file's own rate
 * @param sourceChannels of that source: {@code ausine} exists in stereo only
 * @param codecs in order of preference, as baresip names them, e.g. {@code PCMU/8000/1}
 * @param account whom it registers as; null registers nowhere
 */
public record BaresipSettings(
        String source,
        int sourceRate,
        int sourceChannels,
        List<String> codecs,
        @Nullable Account account) {
    private static final List<Path> MODULE_FOLDERS = List.of(
            Path.of("/usr/lib/baresip/modules"),
            Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
            Path.of("/usr/lib/aarch64-linux-gnu/baresip/modules"),
            Path.of("/usr/local/lib/baresip/modules"));

    /**
     * A user of a registrar.
     *
     * @param domain host of the user's SIP address
     * @param proxy where everything is sent
     * @param transport {@code udp} or {@code tcp}
     */
    public record Account(String user, String password, String domain, InetSocketAddress proxy, String transport) {
        private String line() {
            return "<sip:%s@%s;transport=%s>;auth_user=%s;auth_pass=%s;outbound=\"sip:%s:%d;transport=%s\";regint=60"
                    .formatted(
                            user,
                            domain,
                            transport,
                            user,
                            password,
                            proxy.getAddress().getHostAddress(),
                            proxy.getPort(),
                            transport);
        }
    }

    /** Says a sine without end and prefers µ-law. */
    public static BaresipSettings saysSine(int hertz) {
        return new BaresipSettings("ausine," + hertz, 48_000, 2, List.of("PCMU/8000/1", "PCMA/8000/1"), null);
    }

    /** Says a WAV file, 16 bit, mono, 8 kHz, hangs up at its end, and prefers µ-law. */
    public static BaresipSettings saysWav(Path wav) {
        return new BaresipSettings("aufile," + wav, 8000, 1, List.of("PCMU/8000/1", "PCMA/8000/1"), null);
    }

    /** The same with other codecs. */
    public BaresipSettings withCodecs(String... wanted) {
        return new BaresipSettings(source, sourceRate, sourceChannels, List.of(wanted), account);
    }

    /** The same, registering as this user. */
    public BaresipSettings registeredAs(Account user) {
        return new BaresipSettings(source, sourceRate, sourceChannels, codecs, user);
    }

    /**
     * Writes {@code config} and {@code accounts}.
     *
     * @param folder of the configuration; dumps go there too
     */
    void write(Path folder, BaresipPorts ports) throws IOException {
        Path modules = MODULE_FOLDERS.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IOException("baresip's modules are in none of " + MODULE_FOLDERS));
        // Without a player nothing is decoded, and there is no null player: a bridge to nowhere is one.
        // No net_interface: "lo" fails. So the SDP may carry another address of this machine.
        Files.writeString(folder.resolve("config"), """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                audio_player aubridge,nil
                audio_alert aubridge,nil
                audio_source %s
                ausrc_srate %d
                ausrc_channels %d
                jitter_buffer_delay 2-25
                rtp_ports %d-%d
                rtp_stats yes
                module_path %s
                module g711.so
                module ausine.so
                module aufile.so
                module aubridge.so
                module sndfile.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                snd_path %s
                """.formatted(
                        ports.sip(),
                        source,
                        sourceRate,
                        sourceChannels,
                        ports.firstSound(),
                        ports.lastSound(),
                        modules,
                        ports.control(),
                        folder));
        Files.writeString(
                folder.resolve("accounts"),
                "%s;answermode=auto;audio_codecs=%s%n".formatted(identity(ports.sip()), String.join(",", codecs)));
    }

    private String identity(int sipPort) {
        return account != null ? account.line() : "<sip:%s@127.0.0.1:%d>;regint=0".formatted(Baresip.NUMBER, sipPort);
    }
}
