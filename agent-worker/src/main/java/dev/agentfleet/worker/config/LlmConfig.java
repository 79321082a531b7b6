package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls of language models. */
@ConfigMapping(prefix = "fleet.llm")
public interface LlmConfig {

    /** Who answers a request that names no provider: {@code anthropic}, {@code openai} or {@code recorded}. */
    @WithDefault("anthropic")
    ProviderName provider();

    /** The longest wait between two calls of one attempt; an attempt that must wait longer is handed back. */
    @WithDefault("PT20S")
    Duration retryCap();

    /** How long no call is made to a provider that refused the key, or whose spend limit is reached. */
    @WithDefault("PT1M")
    Duration closedFor();

    /** How often a model is told what is wrong with an answer that does not keep to its schema. */
    @WithDefault("1")
    int repairs();

    /** Bytes of the largest answer that is read. */
    @WithDefault("16777216")
    int maxResponse();

    Anthropic anthropic();

    Openai openai();

    Recorded recorded();

    /** By the model's name as requests give it: {@code fleet.llm.prices."gpt-4.1".input=2}. */
    Map<String, Price> prices();

    /** Anthropic's API. */
    interface Anthropic {

        @WithDefault("https://api.anthropic.com")
        URI baseUrl();

        /** The file that holds the key. */
        Optional<Path> keyFile();

        /** The name of that key in the quotas of the fleet: {@code provider/key-name/model}. */
        @WithDefault("default")
        String keyName();

        /** The longest call, whatever time its attempt has left. */
        @WithDefault("PT10M")
        Duration timeout();
    }

    /** OpenAI's API, or that of any server that speaks its chat completions. */
    interface Openai {

        @WithDefault("https://api.openai.com/v1")
        URI baseUrl();

        /** The file that holds the key; absent: no key is sent. */
        Optional<Path> keyFile();

        /** The name of that key in the quotas of the fleet: {@code provider/key-name/model}. */
        @WithDefault("default")
        String keyName();

        /** The longest call, whatever time its attempt has left. */
        @WithDefault("PT10M")
        Duration timeout();

        /** Whether the largest length is sent as {@code max_tokens}, as many servers expect, not as {@code max_completion_tokens}. */
        @WithDefault("false")
        boolean legacyMaxTokens();
    }

    /** Answers from files. */
    interface Recorded {

        /** Where the recorded exchanges lie; looked into before the class path. */
        Optional<Path> directory();

        /** Whether the answers of the other providers are written there. They hold prompts and answers in clear. */
        @WithDefault("false")
        boolean record();
    }

    /** US dollars for a million tokens. */
    interface Price {

        BigDecimal input();

        BigDecimal output();

        /** Absent: as {@code input}. */
        Optional<BigDecimal> cacheRead();

        /** Absent: as {@code input}. */
        Optional<BigDecimal> cacheWrite();
    }

    /** The providers by name. */
    enum ProviderName {
        ANTHROPIC,
        OPENAI,
        RECORDED
    }
}
