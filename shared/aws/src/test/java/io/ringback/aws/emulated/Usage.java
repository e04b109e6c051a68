package io.ringback.aws.emulated;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked of DynamoDB and SQS.
 *
 * @param requests how many, by operation
 * @param readUnits 4 KB each, strongly consistent; eventually consistent ones count half
 * @param writeUnits 1 KB each; within a transaction they count twice
 * @param indexUnits writes of index entries, 1 KB each
 */
public record Usage(Map<String, Integer> requests, double readUnits, double writeUnits, double indexUnits) {
    public static final Usage NONE = new Usage(Map.of(), 0, 0, 0);

    public Usage {
        requests = Map.copyOf(requests);
    }

    public int count(String operation) {
        return requests.getOrDefault(operation, 0);
    }

    public Usage plus(Usage other) {
        Map<String, Integer> sum = new TreeMap<>(requests);
        other.requests.forEach((operation, count) -> sum.merge(operation, count, Integer::sum));
        return new Usage(
                sum, readUnits + other.readUnits, writeUnits + other.writeUnits, indexUnits + other.indexUnits);
    }
}
