package io.ringback.gateway.sip;

import java.util.Properties;

/** JAIN-SIP's properties, each with its reason. Those that are not named stand at the stack's default. */
final class StackSettings {
    private StackSettings() {}

    /** @param stackName unique within the process: the stack's factory keeps one stack per name */
    static Properties properties(String stackName) {
        Properties all = new Properties();
        all.setProperty("javax.sip.STACK_NAME", stackName);
        // We keep dialogs ourselves: they have to be journaled, resumed by a later life, and released when a second
        // phone answers. The stack keeps transactions, timers and sockets.
        all.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        // Addresses and transports are chosen by us; see ExplicitRouter.
        all.setProperty("javax.sip.ROUTER_PATH", ExplicitRouter.class.getName());
        all.setProperty("javax.sip.USE_ROUTER_FOR_ALL_URIS", "true");
        // Hence MAX_FORK_TIME_SECONDS and EARLY_DIALOG_TIMEOUT_SECONDS, which are about the stack's dialogs, stay
        // unset: Leg keeps a Call-ID for 64 × T1 after its end, and the ring timer bounds an early dialog.
        // The INVITE of a leg that an earlier life left behind has no transaction in this one.
        all.setProperty("gov.nist.javax.sip.CANCEL_CLIENT_TRANSACTION_CHECKED", "false");
        // One UDP thread keeps messages in the order of their arrival; it only parses and hands over.
        all.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        // The listener is called on the thread that read the message, so no second queue can fill up behind it.
        all.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        // The stack's log, in ours. The parser's guard is set in SipStack, since it needs our counters.
        all.setProperty("gov.nist.javax.sip.STACK_LOGGER", Slf4jStackLogger.class.getName());
        // Without a dialog the stack never decides for us that an error ends a call.
        all.setProperty("gov.nist.javax.sip.IS_BACK_TO_BACK_USER_AGENT", "true");
        // Seconds after which an unanswered server transaction is dropped, should a leg ever fail to answer.
        all.setProperty("gov.nist.javax.sip.MAX_LISTENER_RESPONSE_TIME", "10");
        // The default of 8 KiB loses bursts.
        all.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "1048576");
        all.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "1048576");
        // Each datagram gets a buffer of this size before anybody looks at it, and waits in it for the UDP thread; so
        // not the 64 KiB of the largest datagram, but twice what GuardedParserFactory lets pass. The limit of TCP too.
        all.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "16384");
        // That queue has no bound but this: milliseconds after which a waiting datagram is dropped. Peers repeat.
        all.setProperty("gov.nist.javax.sip.CONGESTION_CONTROL_TIMEOUT", "4000");
        // How long a peer may pause in the middle of a message. BoundedNetwork counts connections and ends silent ones.
        all.setProperty("gov.nist.javax.sip.READ_TIMEOUT", "10000");
        return all;
    }
}
