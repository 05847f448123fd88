package io.clew.saga;

/**
 * One sending of the command that starts a child.
 *
 * @param parent which step of which saga
 * @param attempt which sending, from 1
 */
public record ParentCall(Parent parent, int attempt) {}
