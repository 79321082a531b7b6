package dev.agentfleet.worker.sandbox;

import java.util.ArrayList;

/** A Java program that ends badly; it stands alone. */
final class Hostile {

    private Hostile() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "error" -> throw new Error("on purpose");
            case "overflow" -> System.out.println(overflow(0));
            case "memory" -> {
                var kept = new ArrayList<byte[]>();
                while (kept.size() < Integer.MAX_VALUE) {
                    kept.add(new byte[1_000_000]);
                }
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }
}
