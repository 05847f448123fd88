package io.clew.saga;

/** Where something that is awaited comes from. */
public sealed interface Channel {

    /** Events of a topic. */
    record Topic(String topic) implements Channel {
        @Override
        public String toString() {
            return "topic/" + topic;
        }
    }

    /** Signals to one await, by its name. */
    record Signal(String name) implements Channel {
        @Override
        public String toString() {
            return "signal/" + name;
        }
    }

    /**
     * Reads what {@code toString} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static Channel parse(String text) {
        int slash = text.indexOf('/');
        String rest = text.substring(slash + 1);
        return switch (text.substring(0, Math.max(slash, 0))) {
            case "topic" -> new Topic(rest);
            case "signal" -> new Signal(rest);
            default ->
                    throw new IllegalArgumentException(
                            "Expected topic/<name> or signal/<name> but got " + text);
        };
    }
}
