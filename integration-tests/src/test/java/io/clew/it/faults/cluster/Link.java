package io.clew.it.faults.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** One TCP wire that can be slow, or silent without being closed, as a lost network is. */
public final class Link implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final int PIECES = 64;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean open = true;
    private volatile long delayNanos;

    private Link(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** A wire from a port at this address to one of the loopback. */
    static Link open(String address, int port, int target) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port));
            Link link = new Link(server, target);
            Thread.ofVirtual().name("link-" + port).start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    void delay(Duration each) {
        delayNanos = each.toNanos();
    }

    void heal() {
        cut = false;
        delayNanos = 0;
    }

    private void accept() {
        while (open) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException closed) {
                open = false;
            }
        }
    }

    private void connect(Socket near) {
        try {
            awaitWhole();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            pump(near, far);
            pump(far, near);
        } catch (IOException refused) {
            end(near);
        }
    }

    /** Bytes read at an instant leave this much later, in their order. */
    private void pump(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        LinkedBlockingQueue<Piece> onTheWay = new LinkedBlockingQueue<>(PIECES);
        Thread.ofVirtual().start(() -> take(in, onTheWay));
        Thread.ofVirtual().start(() -> give(onTheWay, out, from, to));
    }

    private record Piece(ByteBuffer bytes, long dueNanos) {
        boolean isEnd() {
            return !bytes.hasRemaining();
        }
    }

    private void take(InputStream in, LinkedBlockingQueue<Piece> onTheWay) {
        byte[] buffer = new byte[BUFFER];
        try {
            int count = read(in, buffer);
            while (count > 0) {
                ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, count));
                onTheWay.put(new Piece(bytes, System.nanoTime() + delayNanos));
                count = read(in, buffer);
            }
            onTheWay.put(new Piece(ByteBuffer.allocate(0), System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException gone) {
            return -1;
        }
    }

    private void give(
            LinkedBlockingQueue<Piece> onTheWay, OutputStream out, Socket from, Socket to) {
        try {
            Piece piece = onTheWay.take();
            while (!piece.isEnd()) {
                LockSupport.parkNanos(piece.dueNanos() - System.nanoTime());
                awaitWhole();
                out.write(piece.bytes().array());
                out.flush();
                piece = onTheWay.take();
            }
            awaitWhole();
        } catch (IOException gone) {
            // The other side has closed: so do both.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private void awaitWhole() {
        while (cut && open) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(sockets).forEach(this::end);
    }
}
