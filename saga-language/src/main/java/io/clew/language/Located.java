package io.clew.language;

import io.clew.language.source.Place;

/** Something a source says, with where it says it. */
record Located<T>(T value, Place place, String path) {}
