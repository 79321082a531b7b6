package org.acme;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Counts the words of a text, a line at a time. */
@ApplicationScoped
public class WordCountAgent implements Agent<WordCountAgent.Text, WordCountAgent.Count> {

    public record Text(String text) {}

    public record Count(int words, int lines) {}

    private static final BigDecimal USD_PER_WORD = new BigDecimal("0.000001");

    @Override
    public String name() {
        return "word-count";
    }

    @Override
    @Retry(maxRetries = 2, delay = 200, abortOn = {AgentFailureException.class, InterruptedException.class})
    @Timeout(value = 30, unit = ChronoUnit.SECONDS)
    public Count run(Text input, AgentContext context) throws InterruptedException {
        if (input.text().isBlank()) {
            throw AgentFailureException.permanent("EMPTY_TEXT", "text must hold a word");
        }
        List<String> lines = input.text().strip().lines().toList();
        int words = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (context.isCancelled()) {
                throw new InterruptedException();
            }
            context.progress((double) i / lines.size(), "line " + (i + 1) + " of " + lines.size());
            int found = count(lines.get(i));
            context.cost(found, 1, USD_PER_WORD.multiply(BigDecimal.valueOf(found)));
            words += found;
        }
        return new Count(words, lines.size());
    }

    /** Another agent would ask a model here. */
    protected int count(String line) throws InterruptedException {
        return line.isBlank() ? 0 : line.strip().split("\\s+").length;
    }
}
