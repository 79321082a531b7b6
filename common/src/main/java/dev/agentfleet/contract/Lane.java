package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * What one quota is for: a model behind one key of one provider, written {@code provider/key/model}. The key is the name that
 * the operators gave to it, never the secret. A model's name may itself hold slashes.
 */
public record Lane(String provider, String key, String model) implements Comparable<Lane> {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}");
    private static final int PARTS = 3;

    public Lane {
        Names.require(provider, "lane.provider");
        requireKey(key, "lane.key");
        requireModel(model, "lane.model");
    }

    /** Throws {@link InvalidFieldException} unless this can be the name of a key. */
    public static void requireKey(String key, String field) {
        Names.require(key, field);
    }

    /** Throws {@link InvalidFieldException} unless this can be the name of a model. */
    public static void requireModel(String model, String field) {
        Rules.require(
                MODEL.matcher(model).matches(),
                field,
                model,
                "must be 1 to 128 letters, digits or . _ : / @ - and start with a letter or digit");
    }

    /** Reads the written form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Lane parse(String text) {
        String[] parts = text.split("/", PARTS);
        Rules.require(parts.length == PARTS, "lane", text, "must be provider/key/model");
        return new Lane(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(Lane other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return provider + '/' + key + '/' + model;
    }
}
