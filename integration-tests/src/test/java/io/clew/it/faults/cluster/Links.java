package io.clew.it.faults.cluster;

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
public final class Links implements AutoCloseable {
    private final String address;
    private final List<Link> links;

    private Links(String address, List<Link> links) {
        this.address = address;
        this.links = List.copyOf(links);
    }

    /** One wire to each of these brokers, which do not run yet, from this address. */
    static Links before(List<KafkaBroker.Builder> brokers, String listener, String address) {
        List<Link> links = new ArrayList<>();
        for (KafkaBroker.Builder broker : brokers) {
            int behind = Ports.free();
            int before = Ports.free();
            broker.listener(listener, behind, address + ":" + before);
            links.add(Link.open(address, before, behind));
        }
        return new Links(address, links);
    }

    /** What the coordinator connects to. */
    String bootstrap() {
        return links.stream().map(it -> address + ":" + it.port()).collect(Collectors.joining(","));
    }

    /** Nothing passes any more, and nobody is told. */
    public void cut() {
        links.forEach(Link::cut);
    }

    /** Everything takes this much longer, each way. */
    public void delay(Duration each) {
        links.forEach(link -> link.delay(each));
    }

    public void heal() {
        links.forEach(Link::heal);
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}
