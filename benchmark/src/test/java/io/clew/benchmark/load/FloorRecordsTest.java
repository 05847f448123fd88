package io.clew.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorRecordsTest {

    @Test
    void shouldMoveEightRecordsWhenNothingIsRefused() {
        assertThat(kinds(false)).containsExactly(0, 1, 1, 2, 2, 3, 3, 100);
    }

    @Test
    void shouldUndoTheTwoStepsBeforeWhenTheThirdIsRefused() {
        assertThat(kinds(true)).containsExactly(0, 1, 1, 2, 2, 3, 3, 12, 12, 11, 11, 100);
    }

    private static List<Integer> kinds(boolean refuse) {
        var kinds = new ArrayList<Integer>();
        byte[] record = FloorRecords.start(refuse);
        kinds.add((int) FloorRecords.kind(record));
        while (FloorRecords.kind(record) != FloorRecords.END) {
            byte[] command = FloorRecords.next(record);
            kinds.add((int) FloorRecords.kind(command));
            if (FloorRecords.kind(command) != FloorRecords.END) {
                record = FloorRecords.reply(command);
                kinds.add((int) FloorRecords.kind(record));
            } else {
                record = command;
            }
        }
        assertThat(FloorRecords.compensated(record)).isEqualTo(refuse);
        return kinds;
    }
}
