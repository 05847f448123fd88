package io.clew.saga;

import static io.clew.saga.testkit.TestStep.step;

import io.clew.saga.testkit.TestSaga;
import io.clew.saga.testkit.TestStep;
import java.util.List;
import java.util.Optional;

/** Sagas with more than steps one after the other. */
final class Trips {
    private Trips() {}

    static TestSaga trip() {
        return TestSaga.saga("trip");
    }

    /** Flight and hotel side by side, then a car. */
    static SagaDefinition trip(TestStep flight, TestStep hotel) {
        return trip().then(beside(flight.build(), hotel.build())).step(car()).build();
    }

    static Parallel beside(Node one, Node other) {
        return new Parallel(
                "parallel#1",
                List.of(
                        new Parallel.Branch("one", Sequence.of(one)),
                        new Parallel.Branch("other", Sequence.of(other))));
    }

    static TestStep flight() {
        return step("bookFlight", "flights", "BookFlight").compensation("CancelFlight");
    }

    static TestStep hotel() {
        return step("bookHotel", "hotels", "BookHotel").compensation("CancelHotel");
    }

    static TestStep car() {
        return step("rentCar", "cars", "RentCar").compensation("ReturnCar");
    }

    static Choice choice(Formula<Boolean> when, Node then, Node otherwise) {
        return new Choice(
                "choice#1",
                List.of(
                        new Choice.Arm("express", Optional.of(when), Sequence.of(then)),
                        new Choice.Arm("else", Optional.empty(), Sequence.of(otherwise))));
    }
}
