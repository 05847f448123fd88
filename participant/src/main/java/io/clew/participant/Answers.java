package io.clew.participant;

/** Makes the content of a reply from an outcome or from an exception. */
final class Answers {
    private final Payloads payloads;
    private final int maxResultBytes;

    Answers(Payloads payloads, int maxResultBytes) {
        this.payloads = payloads;
        this.maxResultBytes = maxResultBytes;
    }

    Answer of(Command command, Outcome outcome) throws CommandException {
        return switch (outcome) {
            case Outcome.Failed failed -> Answer.failed(failed.code(), failed.reason());
            case Outcome.Succeeded succeeded -> {
                var result = succeeded.result();
                if (result == null) {
                    yield Answer.succeeded();
                }
                var value = payloads.encode(command.replyTo().topic(), result);
                if (value.length > maxResultBytes) {
                    throw new CommandException(
                            "RESULT_TOO_LARGE",
                            "Expected a result of at most "
                                    + maxResultBytes
                                    + " bytes but found "
                                    + value.length);
                }
                yield new Answer(
                        Answer.SUCCEEDED, null, null, result.getSchema().getFullName(), value);
            }
        };
    }

    static Answer of(Throwable trouble) {
        if (trouble instanceof CommandException e) {
            return Answer.error(e.code(), e.getMessage());
        }
        if (DatabaseTrouble.isLocked(trouble)) {
            return Answer.error("LOCKED", "Another worker holds this execution");
        }
        if (DatabaseTrouble.isConflict(trouble)) {
            return Answer.error("CONFLICT", "Another transaction was in its way, again and again");
        }
        var name = trouble.getClass().getSimpleName();
        return Answer.error(name.isEmpty() ? "ERROR" : name, trouble.getMessage());
    }
}
