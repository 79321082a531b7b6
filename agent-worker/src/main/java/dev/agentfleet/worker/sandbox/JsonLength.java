package dev.agentfleet.worker.sandbox;

/** How long texts become once they are escaped for JSON and written as UTF-8. */
final class JsonLength {

    private JsonLength() {}

    /** How many characters of the text fit into so many bytes. */
    static int fitting(String text, int most) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
            if (bytes > most) {
                return Character.isLowSurrogate(text.charAt(i)) ? i - 1 : i;
            }
        }
        return text.length();
    }

    static int of(String text) {
        return text.chars().map(c -> bytes((char) c)).sum();
    }

    private static int bytes(char c) {
        if (c < ' ') {
            return "\n\r\t\b\f".indexOf(c) < 0 ? 6 : 2;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
