package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.Identifier;
import io.ringback.core.port.Identities;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.DirectoryAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads an identity, without its password (native API §6). */
public final class GetIdentityFunction implements RequestStreamHandler {
    static final String ID = "id";

    private final ApiEdge edge;
    private final Identities identities;
    private final String domain;

    /** The function of a deployment. */
    public GetIdentityFunction() {
        this(Deployment.of(GetIdentityFunction.class));
    }

    private GetIdentityFunction(Deployment deployment) {
        this(deployment.edge(), deployment.identities(), deployment.sipDomain());
    }

    GetIdentityFunction(ApiEdge edge, Identities identities, String domain) {
        this.edge = edge;
        this.identities = identities;
        this.domain = domain;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) {
        String id = request.parameter(ID);
        return identities
                .find(new Identifier(id))
                .map(identity -> ApiAnswer.json(200, DirectoryAnswers.identity(identity, domain)))
                .orElseGet(() -> ApiAnswer.notFound(ID, id));
    }
}
