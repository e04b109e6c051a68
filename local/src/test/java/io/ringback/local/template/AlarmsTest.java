package io.ringback.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator is woken for, and how many deliveries run at once. */
class AlarmsTest {
    private static final Object TOLD = Map.of(
            "Fn::If", List.of("HasAlarmTopic", List.of(Map.of("Ref", "AlarmTopic")), Map.of("Ref", "AWS::NoValue")));

    private static Map<String, Object> document;

    @BeforeAll
    static void read() throws IOException {
        document = DeploymentTemplate.document();
    }

    @Test
    void everyMessageInADeadLetterQueueIsToldOf() {
        Set<Object> deadLetters = resources("AWS::SQS::Queue").stream()
                .map(queue -> queue.get("RedrivePolicy"))
                .filter(Map.class::isInstance)
                .map(redrive -> Properties.asObject(redrive).get("deadLetterTargetArn"))
                .map(arn -> nameOf(attribute(arn)))
                .collect(Collectors.toSet());

        assertThat(deadLetters).hasSize(3);
        assertThat(alarms("ApproximateNumberOfMessagesVisible"))
                .allSatisfy(alarm -> {
                    assertThat(alarm).containsEntry("Threshold", 0);
                    assertRingsAtOnce(alarm);
                })
                .extracting(AlarmsTest::queue)
                .containsExactlyInAnyOrderElementsOf(deadLetters);
    }

    @Test
    void callbacksThatNobodyDeliversAreToldOf() {
        assertThat(alarms("ApproximateAgeOfOldestMessage")).singleElement().satisfies(alarm -> {
            assertThat(queue(alarm)).isEqualTo(nameOf("CallbacksQueue"));
            assertThat(alarm).containsEntry("Threshold", 900);
            assertRingsAtOnce(alarm);
        });
    }

    @Test
    void aScheduleThatDoesNothingAnyMoreIsToldOf() {
        assertThat(alarms("Errors"))
                .allSatisfy(alarm -> assertThat(alarm)
                        .containsEntry("Namespace", "AWS/Lambda")
                        .containsEntry("Statistic", "Sum")
                        .containsEntry("Period", 300)
                        .containsEntry("EvaluationPeriods", 1)
                        .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                        .containsEntry("Threshold", 2)
                        .containsEntry("TreatMissingData", "notBreaching")
                        .containsEntry("AlarmActions", TOLD))
                .extracting(alarm -> dimension(alarm, "FunctionName"))
                .containsExactlyInAnyOrder(Map.of("Ref", "SweeperFunction"), Map.of("Ref", "GatewayWatchFunction"));
    }

    @Test
    void nobodyHasToBeTold() {
        assertThat(object(object(document, "Parameters"), "AlarmTopic"))
                .containsEntry("Type", "String")
                .containsEntry("Default", "");
    }

    @Test
    void deliveriesAtOnceAreAsManyAsTheOperatorSays() throws IOException {
        assertThat(concurrency(Map.of())).isEqualTo(20);
        assertThat(concurrency(Map.of("CallbackConcurrency", "7"))).isEqualTo(7);
    }

    private static int concurrency(Map<String, String> parameters) throws IOException {
        return Template.read(
                        DeploymentTemplate.file(),
                        parameters,
                        new LocalNames("000000000000", "us-east-1", "ringback", URI.create("http://localhost")))
                .function("DeliverCallbackFunction")
                .queues()
                .get(0)
                .maximumConcurrency();
    }

    private static void assertRingsAtOnce(Map<String, Object> alarm) {
        assertThat(alarm)
                .containsEntry("Namespace", "AWS/SQS")
                .containsEntry("Statistic", "Maximum")
                .containsEntry("Period", 60)
                .containsEntry("EvaluationPeriods", 1)
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry("TreatMissingData", "notBreaching")
                .containsEntry("AlarmActions", TOLD);
    }

    private static List<Map<String, Object>> alarms(String metric) {
        return resources("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> metric.equals(alarm.get("MetricName")))
                .toList();
    }

    /** The queue that an alarm is about, as the template names it. */
    private static Object queue(Map<String, Object> alarm) {
        return dimension(alarm, "QueueName");
    }

    private static Object dimension(Map<String, Object> alarm, String name) {
        Map<String, Object> dimension = Properties.asObject(((List<?>) member(alarm, "Dimensions")).get(0));
        assertThat(dimension).containsEntry("Name", name);
        return member(dimension, "Value");
    }

    /** The resource of which a {@code Fn::GetAtt} is. */
    private static String attribute(Object getAtt) {
        return (String) ((List<?>) member(Properties.asObject(getAtt), "Fn::GetAtt")).get(0);
    }

    private static Object nameOf(String queue) {
        return Map.of("Fn::GetAtt", List.of(queue, "QueueName"));
    }

    /** The properties of all resources of a type. */
    private static List<Map<String, Object>> resources(String type) {
        return object(document, "Resources").values().stream()
                .map(Properties::asObject)
                .filter(resource -> type.equals(resource.get("Type")))
                .map(resource -> object(resource, "Properties"))
                .toList();
    }

    private static Map<String, Object> object(Map<String, Object> of, String name) {
        return Properties.asObject(member(of, name));
    }

    private static Object member(Map<String, Object> of, String name) {
        return Objects.requireNonNull(of.get(name), name);
    }
}
