package io.clew.saga;

import java.util.Optional;

/**
 * An intervention that was answered: a repeat gets the same answer.
 *
 * @param id its operation id
 * @param rejection why it was turned away; empty if it was applied
 */
public record Operation(String id, Optional<Rejection> rejection) {}
