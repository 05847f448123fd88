package io.clew.benchmark.load;

/**
 * The floor's records: what an engine would move, without one. A value is 200 bytes of which the
 * first says what it is; there are no headers and nothing is decoded.
 *
 * <pre>
 * START ─▶ 1 ─▶ 2 ─▶ 3 ─▶ END        one state record beside each arrow and the end
 *                    └ refused ─▶ undo 2 ─▶ undo 1 ─▶ END
 * </pre>
 */
public final class FloorRecords {

    /** Starts and replies. */
    public static final String INBOX = "floor.inbox";

    /** Ends. */
    public static final String EVENTS = "floor.events";

    /** State, compacted. */
    public static final String STATE = "floor.state";

    static final int VALUE_BYTES = 200;
    static final int STATE_BYTES = 400;

    static final byte START = 0;
    static final byte LAST_STEP = 3;
    static final byte UNDO = 10;
    static final byte END = 100;

    private static final int KIND = 0;
    private static final int REFUSE = 1;
    private static final int REFUSED = 2;

    private FloorRecords() {}

    /** Topic of the commands to the worker of a step from 1. */
    public static String commands(int step) {
        return "floor-" + step + ".commands";
    }

    static byte[] start(boolean refuse) {
        var value = new byte[VALUE_BYTES];
        value[REFUSE] = (byte) (refuse ? 1 : 0);
        return value;
    }

    static byte kind(byte[] value) {
        return value[KIND];
    }

    static byte[] reply(byte[] command) {
        byte[] value = command.clone();
        if (value[KIND] == LAST_STEP && value[REFUSE] == 1) {
            value[REFUSED] = 1;
        }
        return value;
    }

    /** What follows a start or a reply. */
    static byte[] next(byte[] input) {
        byte[] value = input.clone();
        value[KIND] = following(input);
        return value;
    }

    private static byte following(byte[] input) {
        byte kind = input[KIND];
        if (kind > UNDO) {
            return kind == UNDO + 1 ? END : (byte) (kind - 1);
        }
        if (kind < LAST_STEP) {
            return (byte) (kind + 1);
        }
        return input[REFUSED] == 1 ? (byte) (UNDO + LAST_STEP - 1) : END;
    }

    static boolean compensated(byte[] end) {
        return end[REFUSED] == 1;
    }
}
