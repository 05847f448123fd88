package io.clew.it.faults.cluster;

import io.clew.platform.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hosts of their own on one bridge of this machine, each a network namespace; made only where this
 * user may make them. A host can be cut off: no packet passes and nobody is told.
 */
public final class Network implements AutoCloseable {
    private final String name = "clew" + ProcessHandle.current().pid() % 100_000;
    private final String subnet = "10.233.%d.".formatted(ProcessHandle.current().pid() % 250);
    private final List<Host> hosts = new ArrayList<>();

    private Network() {}

    /** So many hosts; none if that is not allowed here. */
    static Optional<Network> of(int hosts) {
        Network network = new Network();
        if (network.isMade(hosts)) {
            return Optional.of(network);
        }
        network.close();
        return Optional.empty();
    }

    private boolean isMade(int count) {
        boolean made =
                Programs.succeedAll(
                        """
                        ip link add %1$s type bridge
                        ip addr add %2$s1/24 dev %1$s
                        ip link set %1$s up\
                        """
                                .formatted(name, subnet));
        for (int i = 1; made && i <= count; i++) {
            Host host = new Host(name + "-" + i, subnet + (10 + i));
            hosts.add(host);
            made = host.isMadeOn(name);
        }
        return made;
    }

    /** This machine, as its hosts see it. */
    String gateway() {
        return subnet + "1";
    }

    List<Host> hosts() {
        return List.copyOf(hosts);
    }

    @Override
    public void close() {
        hosts.forEach(host -> Programs.succeed("ip", "netns", "del", host.name()));
        Programs.succeed("ip", "link", "del", name);
    }

    /**
     * One of them.
     *
     * @param name of its namespace, and of its plug on the bridge
     */
    public record Host(String name, String address) {
        private boolean isMadeOn(String bridge) {
            return Programs.succeedAll(
                    """
                    ip netns add %1$s
                    ip link add %1$s type veth peer name eth0 netns %1$s
                    ip link set %1$s master %3$s up
                    ip -n %1$s addr add %2$s/24 dev eth0
                    ip -n %1$s link set eth0 up
                    ip -n %1$s link set lo up\
                    """
                            .formatted(name, address, bridge));
        }

        /** What runs its arguments on this host. */
        List<String> entry() {
            return List.of("ip", "netns", "exec", name);
        }

        public void cut() {
            plug("down");
        }

        public void heal() {
            plug("up");
        }

        /** A host that is not cut off though it was meant to be would prove nothing. */
        private void plug(String state) {
            if (!Programs.succeed("ip", "link", "set", name, state)) {
                throw new PlatformException(
                        "Expected the plug of %s to go %s but it did not".formatted(name, state));
            }
        }
    }
}
