package io.clew.avro;

import java.time.Instant;

/** Since when, and why, the registry gives no answers. */
public record RegistryOutage(Instant since, String reason) {}
