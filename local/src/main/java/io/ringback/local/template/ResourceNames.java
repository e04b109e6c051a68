package io.ringback.local.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What references to the template's resources give locally. */
final class ResourceNames {
    private static final List<String> NAMING = List.of("QueueName", "TableName", "BucketName", "Name", "LogGroupName");

    private final Map<String, Map<String, Object>> resources;
    private final LocalNames names;
    private final UnaryOperator<Object> evaluation;

    /**
     * @param resources as they were read, by logical id
     * @param evaluation of names that the template gives itself
     */
    ResourceNames(Map<String, Map<String, Object>> resources, LocalNames names, UnaryOperator<Object> evaluation) {
        this.resources = resources;
        this.names = names;
        this.evaluation = evaluation;
    }

    /** The value of {@code !Ref logicalId}. */
    String ref(String logicalId) {
        return switch (type(logicalId)) {
            case "AWS::SQS::Queue" -> names.queueUrl(name(logicalId));
            case "AWS::SecretsManager::Secret" -> arn(logicalId);
            default -> name(logicalId);
        };
    }

    /** The value of {@code !GetAtt logicalId.attribute}. */
    String attribute(String logicalId, String attribute) {
        return switch (attribute) {
            case "Arn" -> arn(logicalId);
            case "QueueUrl" -> names.queueUrl(name(logicalId));
            case "QueueName" -> name(logicalId);
            default -> logicalId + "." + attribute;
        };
    }

    /** The name that the template gives, else a generated one; FIFO queues have to end in {@code .fifo}. */
    String name(String logicalId) {
        Map<String, Object> properties = Properties.asObject(resource(logicalId).getOrDefault("Properties", Map.of()));
        for (String naming : NAMING) {
            Object name = properties.get(naming);
            if (name != null) {
                return String.valueOf(evaluation.apply(name));
            }
        }
        String generated = names.stackName() + "-" + logicalId;
        return properties.containsKey("FifoQueue") ? generated + ".fifo" : generated;
    }

    String arn(String logicalId) {
        String name = name(logicalId);
        return switch (type(logicalId)) {
            case "AWS::SQS::Queue" -> names.arn("sqs", name);
            case "AWS::DynamoDB::Table" -> names.arn("dynamodb", "table/" + name);
            case "AWS::SecretsManager::Secret" -> names.arn("secretsmanager", "secret:" + name);
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
            case "AWS::Serverless::Function" -> names.arn("lambda", "function:" + name);
            default -> names.arn("local", name);
        };
    }

    private String type(String logicalId) {
        return String.valueOf(resource(logicalId).get("Type"));
    }

    private Map<String, Object> resource(String logicalId) {
        Map<String, Object> resource = resources.get(logicalId);
        if (resource == null) {
            throw new IllegalArgumentException("The template refers to " + logicalId + ", which it does not have");
        }
        return resource;
    }
}
