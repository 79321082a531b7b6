package dev.agentfleet.worker.llm;

/** The codes of failures that calls of models end with. */
public final class LlmCode {

    /** Too many calls or tokens; the provider may have said for how long. */
    public static final String RATE_LIMITED = "RATE_LIMITED";
    /** The fleet's limits of the model never let a call of this size through. */
    public static final String OVER_QUOTA = "OVER_QUOTA";
    /** The provider has no room at the moment. */
    public static final String PROVIDER_OVERLOADED = "PROVIDER_OVERLOADED";
    /** The provider failed, or what it sent makes no sense. */
    public static final String PROVIDER_ERROR = "PROVIDER_ERROR";
    /** No connection, or one that broke. */
    public static final String CONNECTION_FAILED = "CONNECTION_FAILED";
    /** No complete answer in time. */
    public static final String MODEL_TIMEOUT = "MODEL_TIMEOUT";
    /** The provider does not accept the request. */
    public static final String INVALID_REQUEST = "INVALID_REQUEST";
    /** The prompt is too large. */
    public static final String REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE";
    /** The provider does not know the model. */
    public static final String UNKNOWN_MODEL = "UNKNOWN_MODEL";
    /** The answer is too large. */
    public static final String RESPONSE_TOO_LARGE = "RESPONSE_TOO_LARGE";
    /** There is no usable key, or the provider refuses it. */
    public static final String PROVIDER_KEY_REFUSED = "PROVIDER_KEY_REFUSED";
    /** The account has no money left to spend. */
    public static final String SPEND_LIMIT = "SPEND_LIMIT";
    /** The answer does not keep to the schema, after every repair. */
    public static final String OUTPUT_NOT_OF_SCHEMA = "OUTPUT_NOT_OF_SCHEMA";
    /** The answer was to be JSON and is cut at the largest length. */
    public static final String OUTPUT_TRUNCATED = "OUTPUT_TRUNCATED";
    /** The model refused to answer. */
    public static final String MODEL_REFUSED = "MODEL_REFUSED";
    /** The agent's schema is no JSON schema. */
    public static final String INVALID_SCHEMA = "INVALID_SCHEMA";
    /** No recorded answer for this agent and prompt. */
    public static final String NOT_RECORDED = "NOT_RECORDED";

    /** The run's budget does not allow the call. */
    public static final String BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED";
    /** The run may spend only so much money, and what the model costs is not known. */
    public static final String PRICE_UNKNOWN = "PRICE_UNKNOWN";

    private LlmCode() {}
}
