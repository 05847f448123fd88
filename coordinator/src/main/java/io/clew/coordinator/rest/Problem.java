package io.clew.coordinator.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it.
 *
 * @param type names the kind of problem; ends with the code
 * @param title the code in words
 * @param status HTTP status
 * @param code stable, for programs
 * @param detail what happened, for people
 * @param faults everything that is wrong with what was sent
 */
@Schema(description = "RFC 9457 problem; 'code' is stable")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type, String title, int status, String code, String detail, List<?> faults) {

    /** Media type of every error answer. */
    public static final String JSON = "application/problem+json";

    static Problem of(int status, String code, String detail) {
        return of(status, code, detail, List.of());
    }

    static Problem of(int status, String code, String detail, List<?> faults) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        String type = "urn:clew:problem:" + words.replace(' ', '-');
        return new Problem(type, title, status, code, detail, faults);
    }
}
