package dev.agentfleet.worker.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {

    @Test
    void putsEachValueInEachOfItsPlaces() {
        assertThat(new PromptTemplate("{a} and {b_2}, {a}").with(Map.of("a", "x", "b_2", "y")))
                .isEqualTo("x and y, x");
    }

    @Test
    void leavesOtherBracesAlone() {
        String text = "{\"a\": {\"b\": {}}} { a } {1} {} {{";

        assertThat(new PromptTemplate(text).with(Map.of())).isEqualTo(text);
    }

    @Test
    void writesAPlaceAsTextWhereItStandsInDoubleBraces() {
        assertThat(new PromptTemplate("{{name}} is {name}").with(Map.of("name", "$1\\")))
                .isEqualTo("{name} is $1\\");
    }

    @Test
    void looksForNoPlacesInValues() {
        assertThat(new PromptTemplate("{a}{b}").with(Map.of("a", "{b}", "b", "{a}")))
                .isEqualTo("{b}{a}");
    }

    @Test
    void namesTheValueThatIsMissing() {
        assertThatThrownBy(() -> new PromptTemplate("{a} {b}").with(Map.of("a", "x")))
                .hasMessage("values: 'b' must be given: the prompt has a place {b}");
    }

    @Test
    void namesTheValueThatHasNoPlace() {
        assertThatThrownBy(() -> new PromptTemplate("{a} {{c}}").with(Map.of("a", "x", "c", "y")))
                .hasMessage("values: 'c' must have a place {c} in the prompt, and has none");
    }
}
