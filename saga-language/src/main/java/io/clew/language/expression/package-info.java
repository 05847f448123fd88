/** CEL typed against Avro schemas, and values made to fit them. */
@NullMarked
package io.clew.language.expression;

import org.jspecify.annotations.NullMarked;
