package io.clew.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom: between modules, between packages, and towards libraries. */
class ArchitectureTest {
    private static final String TESTKIT = "io.clew.saga.testkit..";
    private static final String USERS_TESTKIT = "io.clew.testkit..";
    private static final String[] FRAMEWORKS = {"jakarta..", "io.quarkus..", "io.smallrye.."};

    private static ProductionCode code;

    @BeforeAll
    static void readClasses() {
        code = ProductionCode.read();
    }

    @Test
    void shouldPointOneWayBetweenModules() {
        List<String> wrongArrows =
                code.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(this::crossesWrongly)
                        .map(Dependency::getDescription)
                        .toList();

        assertThat(wrongArrows).isEmpty();
    }

    private boolean crossesWrongly(Dependency arrow) {
        return code.moduleOf(arrow.getOriginClass())
                .flatMap(
                        from ->
                                code.moduleOf(arrow.getTargetClass())
                                        .filter(to -> !from.mayUse(to)))
                .isPresent();
    }

    @Test
    void shouldHaveNoPackageCycles() {
        code.mustFollow(slices().matching("io.clew.(**)").should().beFreeOfCycles());
    }

    @Test
    void shouldPointOneWayInsideTheCoordinator() {
        List<String> inward = List.of("rest", "query", "engine", "wire");
        for (int room = 0; room < inward.size(); room++) {
            String[] outer = packages(Stream.concat(inward.stream().limit(room), ingress(room)));
            code.mustFollow(
                    noClasses()
                            .that()
                            .resideInAPackage("io.clew.coordinator." + inward.get(room) + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(outer));
        }
        code.mustFollow(
                noClasses()
                        .that()
                        .resideInAPackage("io.clew.coordinator.definitions..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                packages(Stream.of("rest", "query", "engine", "ingress"))));
    }

    /** Ingress and engine stand side by side, so the engine and what is behind it do not see it. */
    private static Stream<String> ingress(int room) {
        return room >= 2 ? Stream.of("ingress") : Stream.of();
    }

    private static String[] packages(Stream<String> rooms) {
        return rooms.map(room -> "io.clew.coordinator." + room + "..").toArray(String[]::new);
    }

    @Test
    void shouldKeepBusinessRecordsOutOfTheCoordinator() {
        code.mustFollow(
                noClasses()
                        .that(code.in(Module.COORDINATOR, Module.SAGA_LANGUAGE, Module.SAGA_CORE))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.clew.order..", "io.clew.payment..", "io.clew.shipping.."));
    }

    @Test
    void shouldKeepSagaCorePureJava() {
        code.mustFollow(
                classes()
                        .that(code.in(Module.SAGA_CORE))
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage(
                                        "io.clew.saga..", "java..", "org.jspecify.annotations")));
    }

    @Test
    void shouldKeepClockAndChanceOutOfSagaCore() {
        List<String> impurities =
                code.stream()
                        .filter(code.in(Module.SAGA_CORE))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(Impurity::isIn)
                        .map(JavaAccess::getDescription)
                        .toList();

        assertThat(impurities).isEmpty();
    }

    @Test
    void shouldUseTheTestkitFromTestsOnly() {
        code.mustFollow(
                noClasses()
                        .that(not(resideInAnyPackage(TESTKIT, USERS_TESTKIT)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(TESTKIT, USERS_TESTKIT));
    }

    @Test
    void shouldKeepFrameworksOutOfTheLibraries() {
        code.mustFollow(
                noClasses()
                        .that(code.in(Module.SAGA_LANGUAGE, Module.AVRO_SERDE, Module.PARTICIPANT))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS));
        code.mustFollow(
                noClasses()
                        .that(code.in(Module.SAGA_LANGUAGE))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.kafka..", "io.clew.avro"));
    }

    @Test
    void shouldWireOnlyInTheOutermostPackage() {
        Set<String> outermost =
                Set.of(
                        "io.clew.coordinator",
                        "io.clew.order",
                        "io.clew.payment",
                        "io.clew.shipping");
        List<String> strays =
                code.stream()
                        .filter(type -> !outermost.contains(type.getPackageName()))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(arrow -> isWiring(arrow.getTargetClass()))
                        .map(Dependency::getDescription)
                        .toList();

        assertThat(strays).isEmpty();
    }

    private static boolean isWiring(JavaClass type) {
        return resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..").test(type);
    }

    @Test
    void shouldSpeakHttpOnlyInRest() {
        code.mustFollow(
                noClasses()
                        .that(not(resideInAPackage("io.clew.*.rest..")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("jakarta.ws.rs.."));
    }

    @Test
    void shouldKeepAvroRecordsOutOfRest() {
        code.mustFollow(
                noClasses()
                        .that(resideInAPackage("io.clew.*.rest.."))
                        .should()
                        .dependOnClassesThat(code.in(Module.SCHEMAS)));
    }

    /** Exceptions may form a family, because that is how they are caught. */
    @Test
    void shouldNotExtendOurOwnClasses() {
        List<String> heirs =
                code.stream()
                        .filter(not(code.in(Module.SCHEMAS)))
                        .filter(type -> !type.isEnum() && !type.isAssignableTo(Throwable.class))
                        .filter(ArchitectureTest::extendsOurs)
                        .map(JavaClass::getName)
                        .toList();

        assertThat(heirs).isEmpty();
    }

    /** A constant of an enum with a body of its own is a class, too; nobody wrote it as one. */
    private static boolean extendsOurs(JavaClass type) {
        return type.getRawSuperclass()
                .filter(parent -> !parent.isEnum())
                .flatMap(code::moduleOf)
                .isPresent();
    }
}
