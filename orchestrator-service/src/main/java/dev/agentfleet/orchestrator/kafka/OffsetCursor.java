package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a reading of a topic goes on, as text that says nothing to clients.
 *
 * @param offsets the next one of each partition
 */
record OffsetCursor(Map<Integer, Long> offsets) {

    private static final int SHOWN = 60;

    /** Reads its text; throws {@link InvalidFieldException} for any other. */
    static OffsetCursor parse(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            for (String part : plain.split(",", -1)) {
                int colon = part.indexOf(':');
                int partition = Integer.parseInt(part, 0, Math.max(colon, 0), 10);
                long offset = Long.parseLong(part, colon + 1, part.length(), 10);
                if (partition < 0 || offset < 0 || offsets.put(partition, offset) != null) {
                    throw new IllegalArgumentException(part);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
            throw new InvalidFieldException("cursor", shown, "must be the next of an earlier page");
        }
        return new OffsetCursor(offsets);
    }

    @Override
    public String toString() {
        String plain = new TreeMap<>(offsets)
                .entrySet().stream()
                        .map(next -> next.getKey() + ":" + next.getValue())
                        .collect(Collectors.joining(","));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
}
