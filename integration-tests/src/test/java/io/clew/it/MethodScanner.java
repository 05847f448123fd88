package io.clew.it;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks a file and measures each method; a method within a method is measured on its own. */
final class MethodScanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final SourceFile file;
    private final Consumer<MethodShape> reader;
    private int depth;
    private int deepest;

    MethodScanner(SourceFile file, Consumer<MethodShape> reader) {
        this.file = file;
        this.reader = reader;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
        int outerDepth = depth;
        int outerDeepest = deepest;
        depth = 0;
        deepest = 0;
        super.visitMethod(method, unused);
        reader.accept(shapeOf(method));
        depth = outerDepth;
        deepest = outerDeepest;
        return null;
    }

    private MethodShape shapeOf(MethodTree method) {
        long first = lineOf(file.spans().getStartPosition(file.tree(), method));
        long last = lineOf(file.spans().getEndPosition(file.tree(), method));
        boolean constructor = method.getReturnType() == null;
        int parameters = constructor ? 0 : method.getParameters().size();
        return new MethodShape(
                method.getName().toString(), first, last - first + 1, parameters, deepest);
    }

    private long lineOf(long position) {
        return position < 0 ? 0 : file.tree().getLineMap().getLineNumber(position);
    }

    private @Nullable Void deeper(Supplier<@Nullable Void> visit) {
        depth++;
        deepest = Math.max(deepest, depth);
        visit.get();
        depth--;
        return null;
    }

    /** An {@code else if} is a further branch on the same level, not a level of its own. */
    @Override
    public @Nullable Void visitIf(IfTree branch, @Nullable Void unused) {
        scan(branch.getCondition(), unused);
        deeper(() -> scan(branch.getThenStatement(), unused));
        Tree otherwise = branch.getElseStatement();
        if (otherwise instanceof IfTree) {
            scan(otherwise, unused);
        } else if (otherwise != null) {
            deeper(() -> scan(otherwise, unused));
        }
        return null;
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree loop, @Nullable Void unused) {
        return deeper(() -> super.visitForLoop(loop, unused));
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void unused) {
        return deeper(() -> super.visitEnhancedForLoop(loop, unused));
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree loop, @Nullable Void unused) {
        return deeper(() -> super.visitWhileLoop(loop, unused));
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree loop, @Nullable Void unused) {
        return deeper(() -> super.visitDoWhileLoop(loop, unused));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree choice, @Nullable Void unused) {
        return deeper(() -> super.visitSwitch(choice, unused));
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree choice, @Nullable Void no) {
        return deeper(() -> super.visitSwitchExpression(choice, no));
    }

    @Override
    public @Nullable Void visitTry(TryTree attempt, @Nullable Void unused) {
        return deeper(() -> super.visitTry(attempt, unused));
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void unused) {
        return deeper(() -> super.visitSynchronized(block, unused));
    }
}
