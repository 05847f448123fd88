package io.clew.it;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The compiled main classes of all modules, each known by the module it came from. */
final class ProductionCode {
    private final JavaClasses classes;
    private final Map<String, Module> moduleOfClass = new TreeMap<>();

    private ProductionCode(JavaClasses classes) {
        this.classes = classes;
        for (JavaClass type : classes) {
            type.getSource()
                    .flatMap(source -> moduleAt(source.getUri()))
                    .ifPresent(module -> moduleOfClass.put(type.getName(), module));
        }
    }

    static ProductionCode read() {
        List<Path> directories =
                Arrays.stream(Module.values())
                        .map(Module::classes)
                        .filter(Files::isDirectory)
                        .toList();
        return new ProductionCode(new ClassFileImporter().importPaths(directories));
    }

    private static Optional<Module> moduleAt(URI classFile) {
        Path path = Path.of(classFile).toAbsolutePath().normalize();
        return Arrays.stream(Module.values())
                .filter(module -> path.startsWith(module.classes().toAbsolutePath().normalize()))
                .findFirst();
    }

    Stream<JavaClass> stream() {
        return classes.stream();
    }

    /** The module a class of ours belongs to; empty for everybody else's. */
    Optional<Module> moduleOf(JavaClass type) {
        return Optional.ofNullable(moduleOfClass.get(type.getBaseComponentType().getName()));
    }

    DescribedPredicate<JavaClass> in(Module... modules) {
        List<Module> wanted = List.of(modules);
        return DescribedPredicate.describe(
                "classes of " + wanted,
                type -> moduleOf(type).filter(wanted::contains).isPresent());
    }

    /** Rules about modules that have no classes yet hold. */
    void mustFollow(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}
