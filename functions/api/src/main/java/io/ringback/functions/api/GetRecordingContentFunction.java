package io.ringback.functions.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.ringback.core.call.Recording;
import io.ringback.core.decision.ErrorCode;
import io.ringback.core.port.CallStore;
import io.ringback.core.port.RecordingFiles;
import io.ringback.functions.api.content.ByteRange;
import io.ringback.functions.api.content.ContentLinks;
import io.ringback.functions.api.edge.ApiAnswer;
import io.ringback.functions.api.edge.ApiEdge;
import io.ringback.functions.api.edge.ApiRequest;
import io.ringback.wire.callingserver.PublicUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Hands out a finished recording, at most 4 MiB at a time: what a function may answer (native API §2). */
public final class GetRecordingContentFunction implements RequestStreamHandler {
    /** In base64 this stays below the 6 MB that Lambda lets through. */
    static final int MAX_PART = 4 * 1024 * 1024;

    private final ApiEdge edge;
    private final CallStore calls;
    private final RecordingFiles files;
    private final ContentLinks links;

    /** The function of a deployment. */
    public GetRecordingContentFunction() {
        this(Deployment.of(GetRecordingContentFunction.class));
    }

    private GetRecordingContentFunction(Deployment deployment) {
        this(deployment.edgeWithLinks(), deployment.store(), deployment.recordings(), deployment.contentLinks());
    }

    GetRecordingContentFunction(ApiEdge edge, CallStore calls, RecordingFiles files, ContentLinks links) {
        this.edge = edge;
        this.calls = calls;
        this.files = files;
        this.links = links;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        edge.serve(event, answer, this::read);
    }

    private ApiAnswer read(ApiRequest request) throws IOException {
        String id = request.parameter(CallChanges.RECORDING);
        Optional<Recording> recording =
                CallChanges.callOfRecording(request).flatMap(calls::load).flatMap(call -> call.recording(id));
        if (recording.isEmpty()) {
            return ApiAnswer.notFound(CallChanges.RECORDING, id);
        }
        String key = recording.get().hasContent() ? recording.get().contentKey() : null;
        Optional<Long> size = key == null ? Optional.empty() : files.size(key);
        if (key == null || size.isEmpty()) {
            return ApiAnswer.refused(ErrorCode.NOT_FOUND, whyEmpty(recording.get()), CallChanges.RECORDING);
        }
        Content content = new Content(key, size.get(), contentType(recording.get()));
        return answer(request, id, content).with("accept-ranges", "bytes");
    }

    /** What lies in the store. */
    private record Content(String key, long size, String type) {}

    private static String contentType(Recording recording) {
        return switch (recording.format()) {
            case WAV -> "audio/wav";
            case MP3 -> "audio/mpeg";
        };
    }

    private static String whyEmpty(Recording recording) {
        return recording.status() == Recording.Status.AVAILABLE
                ? "the recording's content was deleted"
                : "the recording has no content (its status is "
                        + recording.status().name().toLowerCase(Locale.ROOT) + "); it has once it is available";
    }

    private ApiAnswer answer(ApiRequest request, String id, Content content) throws IOException {
        long size = content.size();
        Optional<ByteRange> range = request.header("range").flatMap(header -> ByteRange.parse(header, size));
        if (range.isPresent()) {
            return range.get().isEmpty() ? unsatisfiable(size) : part(content, range.get());
        }
        if (size <= MAX_PART) {
            return ApiAnswer.bytes(200, content.type(), files.read(content.key(), 0, Math.toIntExact(size)));
        }
        if (cannotFollow(request)) {
            return part(content, new ByteRange(0, size - 1));
        }
        URI link = files.temporaryLink(content.key(), ContentLinks.VALIDITY)
                .orElseGet(() -> links.link(new PublicUrl(request.origin()).content(id)));
        return ApiAnswer.empty(302).with("location", link.toString());
    }

    /** An SDK signs for one address, so a redirect leads it nowhere; a link that was followed leads nowhere else. */
    private static boolean cannotFollow(ApiRequest request) {
        return request.query(ContentLinks.SIGNATURE).isPresent()
                || request.header("authorization")
                        .filter(value -> value.regionMatches(true, 0, "HMAC", 0, 4))
                        .isPresent();
    }

    private ApiAnswer part(Content content, ByteRange wanted) throws IOException {
        ByteRange part = wanted.atMost(MAX_PART);
        return ApiAnswer.bytes(206, content.type(), files.read(content.key(), part.first(), part.length()))
                .with("content-range", part.contentRange(content.size()));
    }

    private static ApiAnswer unsatisfiable(long size) {
        return ApiAnswer.refused(
                        ErrorCode.RANGE_NOT_SATISFIABLE,
                        "the range lies outside of the recording, which has " + size + " bytes",
                        "Range")
                .with("content-range", "bytes */" + size);
    }
}
