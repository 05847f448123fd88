package io.clew.language.expression;

import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/** One set of options for checking and running, so that both mean the same language. */
final class CelSetup {

    private static final int MAX_EXPRESSION = 4_096;
    private static final int MAX_ITERATIONS = 10_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(MAX_EXPRESSION)
                    .maxParseRecursionDepth(64)
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .build();

    private static final Functions FUNCTIONS = new Functions();

    private CelSetup() {}

    static CelCompiler compiler(Types types, Map<String, CelType> variables) {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addLibraries(CelExtensions.optional())
                        .setTypeProvider(new KnownTypes(types.all()))
                        .addFunctionDeclarations(FUNCTIONS.declarations());
        variables.forEach(builder::addVar);
        return builder.build();
    }

    static CelRuntime runtime() {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.optional())
                .addFunctionBindings(FUNCTIONS.bindings())
                .build();
    }
}
