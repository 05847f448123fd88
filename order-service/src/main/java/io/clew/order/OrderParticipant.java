package io.clew.order;

import io.clew.participant.Participant;

/** What participant {@code order} does on each command. */
final class OrderParticipant {
    private OrderParticipant() {}

    static Participant with(Fulfilment fulfilment) {
        return Participant.named("order")
                .on(
                        CreateOrder.class,
                        (command, context) ->
                                fulfilment.create(context.connection(), command, context.now()))
                .on(
                        CancelOrder.class,
                        (command, context) ->
                                fulfilment.cancel(context.connection(), command, context.now()))
                .on(
                        ConfirmOrder.class,
                        (command, context) ->
                                fulfilment.confirm(context.connection(), command, context.now()))
                .build();
    }
}
