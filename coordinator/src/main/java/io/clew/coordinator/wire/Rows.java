package io.clew.coordinator.wire;

import io.clew.saga.Arrival;
import io.clew.saga.Channel;
import io.clew.saga.ChildOf;
import io.clew.saga.DefinitionRef;
import io.clew.saga.Failure;
import io.clew.saga.Incident;
import io.clew.saga.Parent;
import io.clew.saga.Position;

/** The small parts that several rows have. */
final class Rows {
    private Rows() {}

    static void write(RowWriter row, DefinitionRef definition) {
        row.text(definition.name());
        row.number(definition.version());
        row.text(definition.sha256());
    }

    static DefinitionRef definition(RowReader row) {
        return new DefinitionRef(row.text(), row.count(), row.text());
    }

    static void write(RowWriter row, Position position) {
        row.text(position.topicId());
        row.number(position.partition());
        row.number(position.offset());
    }

    static Position position(RowReader row) {
        return new Position(row.text(), row.count(), row.number());
    }

    static void write(RowWriter row, ChildOf child) {
        row.text(child.parent().text());
        row.optional(child.parent().tokenKey(), row::text);
        row.number(child.takingBack());
        row.flag(child.parentEnded());
    }

    static ChildOf childOf(RowReader row) {
        Parent parent = Parent.parse(row.text(), row.optional(row::text));
        return new ChildOf(parent, row.count(), row.flag());
    }

    static void write(RowWriter row, Failure failure) {
        row.text(failure.code());
        row.text(failure.reason());
        row.text(failure.step());
    }

    static Failure failure(RowReader row) {
        return new Failure(row.text(), row.text(), row.text());
    }

    static void write(RowWriter row, Arrival arrival) {
        row.text(arrival.id());
        row.text(arrival.channel().toString());
        row.text(arrival.type());
        row.bytes(arrival.value());
    }

    static Arrival arrival(RowReader row) {
        return new Arrival(row.text(), Channel.parse(row.text()), row.text(), row.bytes());
    }

    static void write(RowWriter row, Incident incident) {
        Codes.write(row, Codes.INCIDENTS, incident.code());
        row.text(incident.reason());
        row.text(incident.step());
        row.instant(incident.raisedAt());
    }

    static Incident incident(RowReader row) {
        return new Incident(
                Codes.read(row, Codes.INCIDENTS), row.text(), row.text(), row.instant());
    }
}
