package dev.agentfleet.worker.llm;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A request's body that asks its guard when it is wanted: by then the connection stands. Without a body no call is complete. */
record GuardedBody(BodyPublisher body, CallGuard guard) implements BodyPublisher {

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (guard.maySend()) {
            body.subscribe(subscriber);
        } else {
            subscriber.onSubscribe(NOTHING);
            subscriber.onError(new NotSentException());
        }
    }
}
