package io.clew.participant;

/** Where a reply goes: topic and partition as the command says, keyed by the saga. */
record ReplyAddress(String topic, int partition, String sagaId) {}
