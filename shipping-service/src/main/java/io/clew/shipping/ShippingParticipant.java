package io.clew.shipping;

import io.clew.participant.Participant;

/** What participant {@code shipping} does on each command. */
final class ShippingParticipant {
    private ShippingParticipant() {}

    static Participant with(Shipments shipments) {
        return Participant.named("shipping")
                .on(
                        BookShipment.class,
                        (command, context) ->
                                shipments.book(context.connection(), command, context.now()))
                .on(
                        CancelShipment.class,
                        (command, context) ->
                                shipments.cancel(context.connection(), command, context.now()))
                .build();
    }
}
