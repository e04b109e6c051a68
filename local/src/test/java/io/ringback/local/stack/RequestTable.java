package io.ringback.local.stack;

import io.ringback.aws.emulated.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of docs/performance.md: what each step asked of DynamoDB and SQS. */
final class RequestTable {
    private static final List<String> OPERATIONS =
            List.of("GetItem", "Query", "UpdateItem", "TransactWriteItems", "SendMessageBatch");

    /** What Lambda's pollers do, which a function that is kept waiting takes over from them. */
    private static final List<String> POLLING = List.of("ReceiveMessage", "DeleteMessageBatch");

    private final List<String> rows = new ArrayList<>();
    private final List<String> counts = new ArrayList<>();

    void add(String what, Usage usage) {
        List<String> numbers = new ArrayList<>();
        OPERATIONS.forEach(operation -> numbers.add(number(usage.count(operation))));
        int known = Stream.concat(OPERATIONS.stream(), POLLING.stream())
                .mapToInt(usage::count)
                .sum();
        int all = usage.requests().values().stream().mapToInt(Integer::intValue).sum();
        if (known != all) {
            throw new IllegalStateException("the table has no column for one of " + usage.requests());
        }
        counts.add(line(what, numbers));
        numbers.add(number(usage.readUnits()));
        numbers.add(number(usage.writeUnits()));
        numbers.add(number(usage.indexUnits()));
        rows.add(line(what, numbers));
    }

    String markdown() {
        return "| | " + String.join(" | ", OPERATIONS) + " | read units | write units | index write units |\n"
                + "|---|" + "--:|".repeat(OPERATIONS.size() + 3) + "\n"
                + String.join("\n", rows) + "\n";
    }

    /** The rows without their units, which depend on the length of texts. */
    List<String> counts() {
        return counts;
    }

    /** The same of a table that was written down. */
    static List<String> countsOf(String markdown) {
        return markdown.lines()
                .skip(2)
                .map(line -> {
                    String[] cells = line.split("\\|", -1);
                    List<String> numbers = new ArrayList<>();
                    for (int i = 0; i < OPERATIONS.size(); i++) {
                        numbers.add(cells[2 + i].strip());
                    }
                    return line(cells[1].strip(), numbers);
                })
                .toList();
    }

    private static String line(String what, List<String> numbers) {
        return "| " + what + " | " + String.join(" | ", numbers) + " |";
    }

    private static String number(double value) {
        if (value == 0) {
            return "";
        }
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.1f", value);
    }
}
