package io.clew.coordinator.ingress;

/**
 * The way of an event to the inbox.
 *
 * @param router says which sagas it starts
 * @param sink takes the starts
 * @param admission holds all back
 * @param skips what could not be read any more
 */
record Passage(TriggerRouter router, InboxSink sink, Admission admission, Skips skips) {}
