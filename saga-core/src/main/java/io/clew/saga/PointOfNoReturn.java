package io.clew.saga;

/**
 * From where on nothing is taken back: a pivot has succeeded, or a retriable step was decided that
 * no pivot stands beside.
 */
final class PointOfNoReturn {
    private PointOfNoReturn() {}

    static boolean passed(SagaDefinition definition, SagaInstance saga) {
        for (StepRecord record : saga.steps()) {
            SagaDefinition.Place place = definition.place(record.path());
            if (place.leaf() instanceof Step step && passed(step.kind(), place, record)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passed(StepKind kind, SagaDefinition.Place place, StepRecord record) {
        return switch (kind) {
            case COMPENSATABLE -> false;
            case PIVOT ->
                    record.status() == StepRecord.Status.SUCCEEDED
                            || record.status() == StepRecord.Status.SKIPPED;
            case RETRIABLE -> !place.besidePivot() && record.status() != StepRecord.Status.PASSED;
        };
    }
}
