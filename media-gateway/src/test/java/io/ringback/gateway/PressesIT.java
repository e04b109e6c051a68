package io.ringback.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.core.call.Tone;
import io.ringback.core.media.MediaEvent.TonePressed;
import io.ringback.media.AudioFormat;
import io.ringback.media.codec.G711;
import io.ringback.media.dtmf.DtmfTone;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Presses are told apart from sounds and from what is damaged. */
class PressesIT extends OnePhone {
    /** A phone that negotiated telephone events is not searched for tones: it has said how it sends its presses. */
    @Test
    void tonesInTheSoundAreNoPressesOfAPhoneWithTelephoneEvents() throws Exception {
        connect();
        sayTone(7);
        phone.press(2);
        await(TonePressed.class);
        assertThat(world.events().stream().filter(TonePressed.class::isInstance))
                .containsExactly(new TonePressed("p1", Tone.TONE2));
    }

    @Test
    void tonesInTheSoundArePressesOfAPhoneWithoutTelephoneEvents() throws Exception {
        phone.close();
        phone = new RawPhone(false);
        gateway.close();
        gateway = gateway("other", world);
        connect();
        sayTone(7);
        await(TonePressed.class);
        assertThat(world.event(TonePressed.class).orElseThrow().tone()).isEqualTo(Tone.TONE7);
    }

    @Test
    void damagedPacketsHarmNobody() throws Exception {
        connect();
        Random random = new Random(1);
        for (int burst = 0; burst < 40; burst++) {
            for (int i = 0; i < 50; i++) {
                byte[] junk = new byte[random.nextInt(60)];
                random.nextBytes(junk);
                phone.sendRaw(junk);
            }
            int heard = phone.heard().size();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> phone.heard().size() > heard);
        }
        phone.press(5);
        await(TonePressed.class);
        assertThat(world.event(TonePressed.class).orElseThrow().tone()).isEqualTo(Tone.TONE5);
    }

    /** 200 ms of a key's two frequencies between silences, at the pace of a phone. */
    private void sayTone(int key) {
        short[] sound = new short[8000];
        short[] tone = DtmfTone.sound(AudioFormat.NARROWBAND, key, 200);
        System.arraycopy(tone, 0, sound, 3200, tone.length);
        for (int at = 0; at < sound.length; at += 160) {
            byte[] payload = new byte[160];
            G711.MU_LAW.encode(sound, at, 160, payload, 0);
            int heard = phone.heard().size();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> phone.heard().size() > heard);
            phone.say(payload);
        }
    }
}
