package io.clew.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void shouldTakeTheMiddleOfAnOddNumberOfRepeats() {
        assertThat(Figure.of(30, 10, 20)).isEqualTo(new Figure(20, 10, 30));
    }

    @Test
    void shouldTakeTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
        assertThat(Figure.of(40, 10, 20, 30)).isEqualTo(new Figure(25, 10, 40));
    }

    @Test
    void shouldRefuseToSpeakOfNothing() {
        assertThatThrownBy(Figure::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPrintTheRangeOnlyWhenThereIsOne() {
        assertThat(Figure.of(5)).hasToString("5.00");
        assertThat(Figure.of(1234.4, 900, 2000)).hasToString("1,234 (900–2,000)");
    }

    @Test
    void shouldPrintADashWhereThereIsNothing() {
        assertThat(Figure.of(Double.NaN)).hasToString("–");
    }
}
