/** Draws definitions: a Mermaid flowchart or an SVG picture of the same graph. */
@NullMarked
package io.clew.language.diagram;

import org.jspecify.annotations.NullMarked;
