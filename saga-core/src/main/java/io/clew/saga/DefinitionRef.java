package io.clew.saga;

/**
 * Names one immutable definition.
 *
 * @param name definition name
 * @param version version, from 1
 * @param sha256 content hash in lower-case hex: two contents of one version are two definitions
 */
public record DefinitionRef(String name, int version, String sha256) {
    @Override
    public String toString() {
        return name + ":" + version;
    }
}
