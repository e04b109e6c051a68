package io.ringback.gateway.sip;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.util.Properties;
import javax.sip.PeerUnavailableException;

/** The stack on sockets of ours, which its properties can only name by a class without arguments. */
final class BoundedStack extends SipStackImpl {
    BoundedStack(Properties properties, NetworkLayer network) throws PeerUnavailableException {
        super(properties);
        networkLayer = network;
    }
}
