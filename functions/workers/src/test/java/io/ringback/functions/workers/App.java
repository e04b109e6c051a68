package io.ringback.functions.workers;

import io.ringback.core.call.Callback;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A customer's application: takes callbacks over HTTP and answers as it is told, else 204. */
final class App implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Deque<MockResponse> answers = new ArrayDeque<>();
    private MockResponse otherwise = new MockResponse.Builder().code(204).build();

    App() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return take(request);
            }
        });
        server.start();
    }

    Callback callback() {
        return new Callback(server.url("/callbacks?key=1").uri(), "2021-06-15-preview");
    }

    /** Answers the next requests with these statuses. */
    synchronized void answer(int... statuses) {
        for (int status : statuses) {
            answers.add(new MockResponse.Builder().code(status).build());
        }
    }

    synchronized void answer(MockResponse answer) {
        answers.add(answer);
    }

    /** Answers every request that nothing was said about with this status. */
    synchronized void answerAlways(int status) {
        otherwise = new MockResponse.Builder().code(status).build();
    }

    /** The bodies that arrived, in order. */
    synchronized List<String> received() {
        return requests.stream()
                .map(RecordedRequest::getBody)
                .map(body -> body == null ? "" : body.utf8())
                .toList();
    }

    /** What arrived, in order. */
    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    private synchronized MockResponse take(RecordedRequest request) {
        requests.add(request);
        return answers.isEmpty() ? otherwise : answers.remove();
    }

    @Override
    public void close() {
        server.close();
    }
}
