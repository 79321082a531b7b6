package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.submission.InvalidLineException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong into a problem the client can act on. */
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int UNAVAILABLE = 503;

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return response(e.problem()).build();
    }

    @ServerExceptionMapper
    Response invalid(InvalidFieldException e) {
        return response(new Problem("about:blank", "Bad Request", 400, e.explanation(), e.field(), e.value(), e.rule()))
                .build();
    }

    @ServerExceptionMapper
    Response badLine(InvalidLineException e) {
        return problem(StreamedSubmission.badLine(e, "; nothing was submitted"));
    }

    @ServerExceptionMapper
    Response unreadable(UnreadableMessageException e) {
        return e.invalidField()
                .map(this::invalid)
                .orElseGet(() -> response(Problem.of(400, "Bad Request", String.valueOf(e.getMessage())))
                        .build());
    }

    @ServerExceptionMapper
    Response unavailable(StateUnavailableException e) {
        return response(Problem.of(UNAVAILABLE, "Service Unavailable", String.valueOf(e.getMessage())))
                .header("Retry-After", "1")
                .build();
    }

    @ServerExceptionMapper
    Response kafka(KafkaUnavailableException e) {
        LOG.warnf("a request was not taken: %s", e.getMessage());
        return response(Problem.of(UNAVAILABLE, "Service Unavailable", String.valueOf(e.getMessage())))
                .header("Retry-After", "5")
                .build();
    }

    static Response.ResponseBuilder response(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
