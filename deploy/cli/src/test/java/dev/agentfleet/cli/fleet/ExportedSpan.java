package dev.agentfleet.cli.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A span as it reaches a collector, read from the protobuf of an {@code ExportTraceServiceRequest}.
 *
 * @param service the {@code service.name} of the process
 * @param parentId empty where it begins the trace
 */
record ExportedSpan(String service, String traceId, String spanId, String parentId, String name) {

    /** Field numbers of opentelemetry-proto, 1.x. */
    private static final int RESOURCE_SPANS = 1;

    private static final int RESOURCE = 1;
    private static final int ATTRIBUTES = 1;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;

    static List<ExportedSpan> readAll(byte[] request) {
        List<ExportedSpan> spans = new ArrayList<>();
        for (ByteBuffer group : parts(ByteBuffer.wrap(request), RESOURCE_SPANS)) {
            String service = service(group);
            for (ByteBuffer scope : parts(group, SCOPE_SPANS)) {
                parts(scope, SPANS).forEach(span -> spans.add(read(service, span)));
            }
        }
        return spans;
    }

    private static ExportedSpan read(String service, ByteBuffer span) {
        return new ExportedSpan(
                service, hex(span, TRACE_ID), hex(span, SPAN_ID), hex(span, PARENT_ID), text(span, NAME));
    }

    private static String service(ByteBuffer group) {
        return parts(group, RESOURCE).stream()
                .flatMap(resource -> parts(resource, ATTRIBUTES).stream())
                .filter(attribute -> text(attribute, KEY).equals("service.name"))
                .map(attribute -> text(parts(attribute, VALUE).getFirst(), STRING))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ByteBuffer message, int field) {
        return new String(bytes(message, field), StandardCharsets.UTF_8);
    }

    private static String hex(ByteBuffer message, int field) {
        return HexFormat.of().formatHex(bytes(message, field));
    }

    private static byte[] bytes(ByteBuffer message, int field) {
        List<ByteBuffer> found = parts(message, field);
        byte[] bytes = new byte[found.isEmpty() ? 0 : found.getFirst().remaining()];
        found.forEach(part -> part.get(bytes));
        return bytes;
    }

    /** Every value of a field that has a length: texts, bytes and messages. */
    private static List<ByteBuffer> parts(ByteBuffer message, int field) {
        List<ByteBuffer> found = new ArrayList<>();
        ByteBuffer rest = message.duplicate();
        while (rest.hasRemaining()) {
            int tag = (int) number(rest);
            switch (tag & 7) {
                case 0 -> number(rest);
                case 1 -> rest.position(rest.position() + Long.BYTES);
                case 2 -> {
                    int length = (int) number(rest);
                    if (tag >>> 3 == field) {
                        found.add(rest.slice(rest.position(), length));
                    }
                    rest.position(rest.position() + length);
                }
                case 5 -> rest.position(rest.position() + Integer.BYTES);
                default -> throw new IllegalArgumentException("unknown wire type in tag " + tag);
            }
        }
        return found;
    }

    private static long number(ByteBuffer bytes) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
