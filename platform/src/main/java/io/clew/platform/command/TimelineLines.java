package io.clew.platform.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** One entry of a saga's timeline as lines for a person; takes whatever fields there are. */
final class TimelineLines {

    private static final List<String> TOLD =
            List.of("direction", "participant", "code", "reason", "attempt", "delivery");

    private TimelineLines() {}

    static List<String> of(JsonNode entry) {
        String time = entry.path("time").asText("");
        String clock = time.length() > 23 ? time.substring(11, 23) : time;
        var lines = new ArrayList<String>();
        if (entry.hasNonNull("rejection")) {
            lines.add("   %-12s rejected: %s".formatted(clock, entry.get("rejection").asText()));
        }
        for (JsonNode event : entry.path("events")) {
            if (isHousekeeping(event)) {
                continue;
            }
            lines.add("   %-12s %s".formatted(clock, line(event)));
        }
        return lines;
    }

    /** Timers and first sendings follow from what was decided; a person need not read them. */
    private static boolean isHousekeeping(JsonNode event) {
        String type = first(event, "type", "kind");
        return type.startsWith("Timer")
                || (type.equals("CommandSent") && event.path("attempt").asInt(1) == 1);
    }

    private static String line(JsonNode event) {
        var text = new StringBuilder();
        text.append("%-22s".formatted(first(event, "type", "kind")));
        text.append(" %-16s".formatted(first(event, "step", "path")));
        for (String field : TOLD) {
            if (event.path(field).isValueNode() && !event.path(field).isNull()) {
                text.append(' ').append(field).append('=').append(event.path(field).asText());
            }
        }
        return text.toString().stripTrailing();
    }

    private static String first(JsonNode event, String one, String other) {
        return event.path(one).asText(event.path(other).asText(""));
    }
}
