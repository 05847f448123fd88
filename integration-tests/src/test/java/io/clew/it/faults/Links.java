package io.clew.it.faults;

import io.clew.platform.KafkaBroker;
import io.clew.platform.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The wires from one coordinator to every broker. Each broker has a listener of its own for them
 * and tells the coordinator to use the wire, so that nothing else goes over it.
 */
final class Links implements AutoCloseable {
    private final List<Link> links;

    private Links(List<Link> links) {
        this.links = List.copyOf(links);
    }

    /** One wire to each of these brokers, which do not run yet. */
    static Links before(List<KafkaBroker.Builder> brokers, String listener) {
        List<Link> links = new ArrayList<>();
        for (KafkaBroker.Builder broker : brokers) {
            int behind = Ports.free();
            int before = Ports.free();
            broker.listener(listener, behind, before);
            links.add(Link.open(before, behind));
        }
        return new Links(links);
    }

    /** What the coordinator connects to. */
    String bootstrap() {
        return links.stream().map(it -> "127.0.0.1:" + it.port()).collect(Collectors.joining(","));
    }

    /** Nothing passes any more, and nobody is told. */
    void cut() {
        links.forEach(Link::cut);
    }

    /** Everything takes this much longer, each way. */
    void delay(Duration each) {
        links.forEach(link -> link.delay(each));
    }

    void heal() {
        links.forEach(Link::heal);
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}
