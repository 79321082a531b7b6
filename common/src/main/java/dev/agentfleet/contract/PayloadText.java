package dev.agentfleet.contract;

/**
 * Checks the text of a payload for what a later reader of it would stumble over, although it is JSON: it is stored and
 * sent inside other JSON, and written as UTF-8.
 */
final class PayloadText {

    /** Leaves room for the records it is stored in; readers stop at 1,000. */
    static final int MAX_DEPTH = 500;

    /** Readers stop at 1,000 characters, and rewriting a number may lengthen it. */
    static final int MAX_NUMBER = 500;

    private PayloadText() {}

    /** Throws {@link InvalidFieldException}. */
    static void check(String json) {
        int depth = 0;
        int number = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < json.length()
                        && Character.isLowSurrogate(json.charAt(i + 1));
                Rules.require(pair, "payload", "half a surrogate pair", "must be text that UTF-8 can hold");
                i++;
            } else if (inString) {
                if (c == '\\') {
                    i++;
                } else {
                    inString = c != '"';
                }
            } else if (c == '"') {
                inString = true;
                number = 0;
            } else if (c == '[' || c == '{') {
                depth++;
                number = 0;
                Rules.require(
                        depth <= MAX_DEPTH, "payload", depth + " levels", "must nest at most " + MAX_DEPTH + " deep");
            } else if (c == ']' || c == '}') {
                depth--;
                number = 0;
            } else if (c == ',' || c == ':') {
                number = 0;
            } else {
                number++;
                Rules.require(
                        number <= MAX_NUMBER,
                        "payload",
                        number + " characters",
                        "must hold no number of more than " + MAX_NUMBER + " characters");
            }
        }
    }
}
