package io.clew.language.source;

/** Reads a source that is JSON or YAML, whichever it turns out to be. */
public final class SourceReader {

    static final int MAX_CHARS = 256 * 1024;
    static final int MAX_DEPTH = 64;
    static final int MAX_NODES = 50_000;

    private SourceReader() {}

    /**
     * Reads the one value in a source.
     *
     * @throws SourceException if it is neither, or too large
     */
    public static Node read(String source) throws SourceException {
        if (source.length() > MAX_CHARS) {
            throw new SourceException(
                    Place.START,
                    "Expected at most " + MAX_CHARS + " characters but got " + source.length(),
                    "Split the saga in two");
        }
        if (source.isBlank()) {
            throw new SourceException(
                    Place.START,
                    "Expected a saga definition but got nothing",
                    "Begin with 'saga: <name>'");
        }
        return looksLikeJson(source) ? JsonReader.read(source) : YamlReader.read(source);
    }

    /** A YAML flow mapping may begin with a brace too, but then hardly ever with a quoted key. */
    private static boolean looksLikeJson(String source) {
        String text = source.stripLeading();
        return text.startsWith("{") && text.substring(1).stripLeading().startsWith("\"");
    }
}
