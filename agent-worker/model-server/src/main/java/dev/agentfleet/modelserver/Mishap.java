package dev.agentfleet.modelserver;

/** What can go wrong with a call. */
public enum Mishap implements Scripted {
    BAD_REQUEST_400,
    /** The spend limit that a customer of Anthropic set: a bad request that only its prose tells apart. */
    OWN_SPEND_LIMIT_400,
    KEY_REFUSED_401,
    NO_MONEY_402,
    FORBIDDEN_403,
    UNKNOWN_MODEL_404,
    TOO_LARGE_413,
    /** Asks for a second. */
    RATE_LIMITED_429,
    /** Asks for five minutes. */
    RATE_LIMITED_LONG_429,
    /** Does not say for how long. */
    RATE_LIMITED_SILENT_429,
    SPEND_LIMIT_429,
    FAILED_500,
    OVERLOADED_529,
    /** Takes the request and says nothing for a minute. */
    HANG,
    /** Sends a good answer bit by bit, over a minute. */
    SLOW_DRIP,
    /** The connection is reset instead of an answer. */
    CUT_CONNECTION,
    /** The connection ends in the middle of a good answer. */
    CUT_IN_BODY,
    MALFORMED_JSON,
    ERROR_AFTER_200
}
