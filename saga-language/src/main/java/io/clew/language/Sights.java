package io.clew.language;

import io.clew.language.expression.Loop;
import io.clew.language.expression.Vocabulary;
import io.clew.language.expression.Vocabulary.Surroundings;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Knows what can be seen at each place of a definition. */
final class Sights {

    private final Schemas schemas;
    private final PinnedSchema event;
    private final Outputs outputs;

    Sights(Schemas schemas, PinnedSchema event, List<NodeForm> nodes) {
        this.schemas = schemas;
        this.event = event;
        this.outputs = new Outputs(nodes, schemas);
    }

    /** A node, and the loops around it. */
    record Place(Spot spot, List<Loop> loops) {}

    /** What a node sees when its turn has come. */
    Sight forward(Place place) {
        return sight(place, Optional.empty(), false);
    }

    /** What is seen once all is done, of so many nodes one after the other. */
    Sight done(int nodes) {
        return forward(new Place(Spot.end(nodes), List.of()));
    }

    /** What an await sees of what has arrived. */
    Sight arriving(Place place, PinnedSchema received) {
        return sight(place, Optional.of(received), false);
    }

    /** What a compensation sees; that of an await sees what has arrived. */
    Sight undoing(Place place, Optional<PinnedSchema> received) {
        return sight(place, received, true);
    }

    private Sight sight(Place place, Optional<PinnedSchema> received, boolean undoing) {
        Optional<Schema> arrived = received.map(PinnedSchema::schema);
        Surroundings surroundings =
                new Surroundings(
                        event.schema(),
                        outputs.readable(place.spot(), undoing),
                        outputs.hidden(place.spot(), undoing),
                        place.loops(),
                        outputs.items(),
                        arrived,
                        undoing);
        return new Sight(
                Vocabulary.of(surroundings),
                schemas.reader(event),
                outputs.readers(),
                received.map(schemas::reader),
                place.loops());
    }
}
