package io.clew.benchmark;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines up the rows of a report. */
final class TextTable {

    private TextTable() {}

    static String of(List<Report.Row> rows) {
        var head = new Report.Row("", "floor", "clew", "clew/floor", "target");
        List<Report.Row> all = Stream.concat(Stream.of(head), rows.stream()).toList();
        int what = width(all, Report.Row::what);
        int floor = width(all, Report.Row::floor);
        int clew = width(all, Report.Row::clew);
        int ratio = width(all, Report.Row::ratio);
        String format = "%%-%ds  %%%ds  %%%ds  %%%ds  %%s".formatted(what, floor, clew, ratio);
        return all.stream()
                .map(
                        row ->
                                format.formatted(
                                                row.what(),
                                                row.floor(),
                                                row.clew(),
                                                row.ratio(),
                                                row.target())
                                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }

    private static int width(List<Report.Row> rows, Function<Report.Row, String> cell) {
        return rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(1);
    }
}
