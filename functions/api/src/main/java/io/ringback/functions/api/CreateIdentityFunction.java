package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.Identifier;
import io.ringback.core.directory.UserIdentity;
import io.ringback.core.port.Identities;
import io.ringback.core.port.Ids;
import io.ringback.functions.api.directory.SipAccount;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.CreateIdentityRequest;
import io.ringback.wire.callingserver.DirectoryAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/** Makes a user that a softphone can register as; the password is told this once (native API §6). */
public final class CreateIdentityFunction implements RequestStreamHandler {
    private final ApiEdge edge;
    private final Identities identities;
    private final String domain;
    private final Ids ids;
    private final InstantSource clock;

    /** The function of a deployment. */
    public CreateIdentityFunction() {
        this(Deployment.of(CreateIdentityFunction.class));
    }

    private CreateIdentityFunction(Deployment deployment) {
        this(
                deployment.edgeOfDirectory(),
                deployment.identities(),
                deployment.sipDomain(),
                deployment.ids(),
                deployment.clock());
    }

    CreateIdentityFunction(ApiEdge edge, Identities identities, String domain, Ids ids, InstantSource clock) {
        this.edge = edge;
        this.identities = identities;
        this.domain = domain;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::create);
    }

    private ApiAnswer create(ApiRequest request) {
        CreateIdentityRequest wanted = CreateIdentityRequest.read(request.optionalJson());
        SipAccount account = SipAccount.create(wanted.displayName(), ids);
        UserIdentity identity = new UserIdentity(
                Identifier.ofUser(account.username()),
                account.username(),
                account.digestHash(domain),
                wanted.displayName(),
                clock.instant());
        ApiAnswer created = ApiAnswer.json(201, DirectoryAnswers.newIdentity(identity, domain, account.password()));
        return switch (identities.add(identity, request.firstAnswer(created))) {
            case ADDED -> created;
            case TAKEN -> throw new IllegalStateException("the fresh username " + account.username() + " is taken");
            case REPEATED -> ApiAnswer.overtakenByItself();
        };
    }
}
