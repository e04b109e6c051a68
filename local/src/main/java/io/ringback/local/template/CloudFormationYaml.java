package io.ringback.local.template;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML with CloudFormation's short forms: {@code !GetAtt A.B} becomes {@code {"Fn::GetAtt": ["A", "B"]}}. */
final class CloudFormationYaml extends SafeConstructor {
    private CloudFormationYaml(LoaderOptions options) {
        super(options);
        yamlMultiConstructors.put("!", new ShortForm());
    }

    static Object parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new CloudFormationYaml(options)).load(yaml);
    }

    private final class ShortForm extends AbstractConstruct {
        @Override
        public Object construct(Node node) {
            String name = node.getTag().getValue().substring(1);
            Object argument = argument(node);
            return switch (name) {
                case "Ref", "Condition" -> Map.of(name, argument);
                case "GetAtt" -> Map.of("Fn::GetAtt", splitAtFirstDot(argument));
                default -> Map.of("Fn::" + name, argument);
            };
        }

        private Object argument(Node node) {
            if (node instanceof SequenceNode sequence) {
                return constructSequence(sequence);
            }
            return node instanceof MappingNode mapping ? constructMapping(mapping) : constructScalar((ScalarNode) node);
        }

        private static Object splitAtFirstDot(Object argument) {
            return argument instanceof String dotted ? List.of(dotted.split("\\.", 2)) : argument;
        }
    }
}
