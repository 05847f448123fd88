package io.clew.order;

/** What is wrong with one field of a request; the pointer is a JSON pointer. */
public record Violation(String pointer, String detail) {}
