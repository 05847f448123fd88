package io.clew.language.source;

/** A source that is not YAML or JSON, or goes past a limit; nothing else can be said about it. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String remedy;

    SourceException(Place place, String message, String remedy) {
        super(message);
        this.place = place;
        this.remedy = remedy;
    }

    public Place place() {
        return place;
    }

    public String remedy() {
        return remedy;
    }
}
