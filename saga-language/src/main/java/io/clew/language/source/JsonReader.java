package io.clew.language.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON to nodes. */
final class JsonReader {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(SourceReader.MAX_DEPTH)
                                    .build())
                    .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static Node read(String source) throws SourceException {
        try (JsonParser parser = JSON.createParser(source)) {
            parser.nextToken();
            Node root = new JsonReader(parser).node();
            if (parser.nextToken() != null) {
                throw new SourceException(
                        place(parser.currentTokenLocation()),
                        "Expected one JSON value but got another one behind it",
                        "Apply one definition at a time");
            }
            return root;
        } catch (JacksonException e) {
            JsonLocation where = e.getLocation();
            throw new SourceException(
                    where == null ? Place.START : place(where),
                    "Expected JSON but: " + e.getOriginalMessage(),
                    "Mend the syntax here");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node node() throws IOException {
        Place place = place(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> table(place);
            case START_ARRAY -> row(place);
            case VALUE_NULL -> new Node.Blank(place);
            default -> new Node.Text(place, parser.getText().strip());
        };
    }

    private Node table(Place place) throws IOException {
        List<Node.Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Place key = place(parser.currentTokenLocation());
            String name = parser.currentName();
            parser.nextToken();
            entries.add(new Node.Entry(key, name, node()));
        }
        return new Node.Table(place, entries);
    }

    private Node row(Place place) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new Node.Row(place, items);
    }

    private static Place place(JsonLocation where) {
        return new Place(Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()));
    }
}
