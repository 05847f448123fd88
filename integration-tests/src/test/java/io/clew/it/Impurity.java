package io.clew.it;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/** What would make a transition depend on more than its arguments. */
final class Impurity {
    private static final Set<String> ALWAYS =
            Set.of(
                    "java.time.Clock",
                    "java.util.concurrent.ThreadLocalRandom",
                    "java.security.SecureRandom");

    private static final Set<String> UNLESS_SEEDED =
            Set.of("java.util.Random", "java.util.SplittableRandom");

    private static final Map<String, Set<String>> MEMBERS =
            Map.of(
                    "java.lang.System",
                    Set.of("currentTimeMillis", "nanoTime"),
                    "java.lang.Math",
                    Set.of("random"),
                    "java.lang.Thread",
                    Set.of("sleep"),
                    "java.util.UUID",
                    Set.of("randomUUID"),
                    "java.util.random.RandomGenerator",
                    Set.of("of", "getDefault"));

    private Impurity() {}

    static boolean isIn(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String member = access.getName();
        return ALWAYS.contains(owner.getName())
                || MEMBERS.getOrDefault(owner.getName(), Set.of()).contains(member)
                || (owner.getPackageName().equals("java.time") && member.equals("now"))
                || (UNLESS_SEEDED.contains(owner.getName()) && !isAllowedChance(access));
    }

    /** The simulator of the testkit may draw numbers, from a seed only. */
    private static boolean isAllowedChance(JavaAccess<?> access) {
        boolean unseeded =
                access.getName().equals("<init>")
                        && access.getTarget().getFullName().endsWith("<init>()");
        return access.getOriginOwner().getPackageName().startsWith("io.clew.saga.testkit")
                && !unseeded;
    }
}
