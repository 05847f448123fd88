package io.clew.language.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import java.util.Optional;

/** Our types by name, for CEL's checker. */
record KnownTypes(ImmutableMap<String, CelType> byName) implements CelTypeProvider {

    @Override
    public ImmutableCollection<CelType> types() {
        return byName.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(byName.get(typeName));
    }
}
