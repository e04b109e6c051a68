package io.ringback.local.phones;

import java.time.Duration;

/** How a phone behaves in each call: stateless, one value for all calls. A new behaviour is a new record here. */
sealed interface Behaviour {
    /** The phone was called and owes the caller an answer. */
    void called(Handset phone);

    /** The phone's answer was acknowledged. */
    default void connected(Handset phone) {}

    /**
     * The phone hears a prompt.
     *
     * @param count 1 for the first prompt of the call
     * @param ago how long ago it began
     */
    default void promptBegan(Handset phone, int count, Duration ago) {}

    /**
     * The prompt is over.
     *
     * @param count 1 for the first prompt of the call
     */
    default void promptEnded(Handset phone, int count) {}

    /** Rings for a while, then answers. */
    private static void answerAfter(Handset phone, Duration ringing) {
        phone.ring();
        phone.after(ringing, phone::answer);
    }

    /** How long a phone rings that is answered at once. */
    Duration SHORT_RING = Duration.ofMillis(300);

    /** Answers and stays until the far side hangs up. */
    record Listens(Duration ringing) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, ringing);
        }
    }

    /** Presses keys when the first prompt has ended. */
    record PressesAfterPrompt(String keys) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void promptEnded(Handset phone, int count) {
            if (count == 1) {
                phone.press(keys);
            }
        }
    }

    /** Presses keys while the first prompt is heard, so long after its beginning. */
    record PressesDuringPrompt(String keys, Duration delay) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void promptBegan(Handset phone, int count, Duration ago) {
            if (count == 1) {
                Duration left = delay.minus(ago);
                phone.after(left.isNegative() ? Duration.ZERO : left, () -> phone.press(keys));
            }
        }
    }

    /** Hangs up so long after the call was connected. */
    record HangsUp(Duration talk) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void connected(Handset phone) {
            phone.after(talk, phone::hangUp);
        }
    }

    /** Says something as soon as the call is connected, then listens. */
    record Says(Sound sound) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void connected(Handset phone) {
            phone.say(sound);
        }
    }

    /**
     * A voicemail: says its greeting, beeps, and keeps what it hears from then on.
     *
     * @param patience after so long it hangs up
     */
    record Voicemail(Sound greeting, Sound beep, Duration patience) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void connected(Handset phone) {
            phone.say(greeting);
            phone.say(beep);
            phone.after(greeting.length().plus(beep.length()), phone::beginRecording);
            phone.after(patience, phone::hangUp);
        }
    }

    /** Says back whatever it hears. */
    record Echoes() implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void connected(Handset phone) {
            phone.echo();
        }
    }

    /** Talks for a while; then its network is gone. */
    record Vanishes(Duration talk) implements Behaviour {
        @Override
        public void called(Handset phone) {
            answerAfter(phone, SHORT_RING);
        }

        @Override
        public void connected(Handset phone) {
            phone.after(talk, phone::loseNetwork);
        }
    }

    /** Rings until the caller gives up. */
    record RingsForever() implements Behaviour {
        @Override
        public void called(Handset phone) {
            phone.ring();
        }
    }

    /** Refuses without ringing. */
    record Rejects(int sipStatus) implements Behaviour {
        @Override
        public void called(Handset phone) {
            phone.reject(sipStatus);
        }
    }

    /** Rings shortly, then refuses. */
    record RingsThenRejects(int sipStatus) implements Behaviour {
        @Override
        public void called(Handset phone) {
            phone.ring();
            phone.after(SHORT_RING, () -> phone.reject(sipStatus));
        }
    }
}
