package io.clew.it.faults.check;

import io.clew.it.faults.load.Workload.Asked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Whether the databases hold exactly what the outcomes say. */
public final class BookCheck {
    private static final Set<String> UNDONE = Set.of("REJECTED", "CANCELLED");

    private final Books books;
    private final Consumer<Finding> findings;
    private final Map<String, Long> sold = new HashMap<>();
    private BigDecimal earned = BigDecimal.ZERO;

    BookCheck(Books books, Consumer<Finding> findings) {
        this.books = books;
        this.findings = findings;
    }

    /** One saga that has ended. */
    void check(Asked asked, SagaStory story) {
        String orderId = asked.order().id();
        List<Books.Charge> charges = books.charges(orderId);
        List<Boolean> shipments = books.shipments(orderId);
        if (charges.size() > 1 || shipments.size() > 1) {
            doubled(story, "%d charges, %d shipments".formatted(charges.size(), shipments.size()));
        }
        if (story.phase().equals("COMPLETED")) {
            completed(asked, story);
        } else {
            takenBack(orderId, story);
        }
        executions(story);
    }

    private void completed(Asked asked, SagaStory story) {
        String orderId = asked.order().id();
        BigDecimal amount = asked.order().event().getTotalAmount();
        earned = earned.add(amount);
        sold.merge(asked.order().sku(), (long) asked.order().quantity(), Long::sum);
        boolean charged =
                books.charges(orderId).stream()
                        .anyMatch(it -> it.open() && it.amount().compareTo(amount) == 0);
        expect(charged, story, "it completed and is not charged " + amount);
        expect(books.shipments(orderId).contains(true), story, "it completed and is not shipped");
        boolean confirmed =
                books.fulfilment(orderId)
                        .filter(it -> it.confirmed() && !it.cancelled())
                        .isPresent();
        expect(confirmed, story, "it completed and is not confirmed");
        expect(
                books.status(orderId).equals("CONFIRMED"),
                story,
                "it completed and the customer sees " + books.status(orderId));
    }

    private void takenBack(String orderId, SagaStory story) {
        expect(
                books.charges(orderId).stream().noneMatch(Books.Charge::open),
                story,
                "it was taken back and is charged");
        expect(!books.shipments(orderId).contains(true), story, "it was taken back and is shipped");
        boolean alive = books.fulfilment(orderId).filter(it -> !it.cancelled()).isPresent();
        expect(!alive, story, "it was taken back and its order stands");
        expect(
                UNDONE.contains(books.status(orderId)),
                story,
                "it was taken back and the customer sees " + books.status(orderId));
    }

    /** Nothing was executed that was not decided, and what was done is taken back or stands. */
    private void executions(SagaStory story) {
        Set<String> decided = new TreeSet<>(story.decided());
        Set<String> effects = new HashSet<>();
        Map<String, List<String>> ways = new TreeMap<>();
        for (Books.Executed one : books.executions(story.sagaId())) {
            expect(decided.contains(one.what()), story, one.what() + " was never decided");
            expect(!one.status().equals("IN_PROGRESS"), story, one.what() + " is in progress");
            if (one.tookEffect()) {
                effects.add(one.what());
                ways.computeIfAbsent(one.way(), way -> new ArrayList<>()).add(one.toString());
            }
        }
        ways.forEach((way, all) -> once(way, all, story));
        if (story.phase().equals("COMPLETED")) {
            decided.removeAll(effects);
            expect(decided.isEmpty(), story, "it completed without " + decided);
        }
        for (String what : effects) {
            boolean action = what.contains("/action/");
            if (action && story.phase().equals("COMPENSATED")) {
                String step = what.substring(0, what.indexOf('/'));
                boolean undone =
                        effects.stream().anyMatch(it -> it.startsWith(step + "/compensation/"));
                expect(undone, story, what + " was done and not taken back");
            }
            expect(
                    action || story.phase().equals("COMPENSATED"),
                    story,
                    what + " in a saga that " + story.phase());
        }
    }

    /**
     * The databases let no order have two open charges or shipments, so that what is done twice
     * leaves two executions instead. No saga here goes a step twice, or back twice.
     */
    private void once(String way, List<String> all, SagaStory story) {
        if (all.size() > 1) {
            doubled(story, "%s took effect %d times: %s".formatted(way, all.size(), all));
        }
    }

    private void doubled(SagaStory story, String text) {
        findings.accept(new Finding(Finding.Kind.DOUBLED, story.sagaId(), text));
    }

    private void expect(boolean holds, SagaStory story, String text) {
        if (!holds) {
            findings.accept(new Finding(Finding.Kind.WRONG, story.sagaId(), text));
        }
    }

    /** What shipping-service begins with. */
    private static long stocked(String sku) {
        return switch (sku) {
            case "sku-none" -> 0;
            case "sku-scarce" -> 5;
            default -> 1_000_000;
        };
    }

    /** What all sagas together have earned and sold; called last. */
    void totals() {
        if (books.charged().compareTo(earned) != 0) {
            findings.accept(
                    new Finding(
                            Finding.Kind.WRONG,
                            "money",
                            "charged %s but the outcomes say %s"
                                    .formatted(books.charged(), earned)));
        }
        books.stock()
                .forEach(
                        (sku, left) -> {
                            long taken = sold.getOrDefault(sku, 0L);
                            long should = stocked(sku) - taken;
                            if (left != should || books.reserved(sku) != taken) {
                                findings.accept(
                                        new Finding(
                                                Finding.Kind.WRONG,
                                                sku,
                                                "%d left and %d reserved but %d were sold of %d"
                                                        .formatted(
                                                                left,
                                                                books.reserved(sku),
                                                                taken,
                                                                stocked(sku))));
                            }
                        });
    }
}
