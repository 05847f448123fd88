package io.clew.platform;

import java.util.List;

/** What a JVM is made for. */
public enum JvmProfile {

    /** Small and quick to start: little heap, one compiler, no parallel collector. */
    SMALL,

    /** Fast once warm: every compiler, the heap at its full size from the start. */
    STEADY;

    /** The flags of a JVM of this kind with this largest heap. */
    List<String> flags(String heap) {
        return switch (this) {
            case SMALL -> JvmFlags.small(heap);
            case STEADY -> JvmFlags.steady(heap);
        };
    }
}
