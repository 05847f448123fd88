package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Loop;
import io.clew.language.expression.Vocabulary;
import io.clew.language.frame.FrameReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be seen at one place of a definition, and how it is read.
 *
 * @param vocabulary for those who write expressions there
 * @param event reads the trigger
 * @param outputs read what steps and awaits have left, by name
 * @param received reads what has arrived, where that can be seen
 * @param loops around the place, the outermost first
 */
record Sight(
        Vocabulary vocabulary,
        FrameReader event,
        Map<String, FrameReader> outputs,
        Optional<FrameReader> received,
        List<Loop> loops) {

    /** Reads what these expressions need when they are evaluated here. */
    ScopeReader reader(List<Expression> expressions) {
        return new ScopeReader(this, expressions);
    }
}
