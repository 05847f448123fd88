package io.clew.validator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One run of the command. */
record Run(int status, List<String> out, List<String> err) {

    static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Run(status, out.toString().lines().toList(), err.toString().lines().toList());
    }
}
