package io.clew.payment;

import io.clew.participant.Participant;

/** What participant {@code payment} does on each command. */
final class PaymentParticipant {
    private PaymentParticipant() {}

    static Participant with(Charges charges) {
        return Participant.named("payment")
                .on(
                        ChargePayment.class,
                        (command, context) ->
                                charges.charge(context.connection(), command, context.now()))
                .on(
                        RefundPayment.class,
                        (command, context) ->
                                charges.refund(context.connection(), command, context.now()))
                .returns(PaymentCharged.class)
                .build();
    }
}
