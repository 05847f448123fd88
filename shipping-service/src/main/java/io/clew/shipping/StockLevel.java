package io.clew.shipping;

import java.util.Optional;

/** What is left of an article; nothing stated means that it never runs out. */
public record StockLevel(String sku, Optional<Long> available) {}
