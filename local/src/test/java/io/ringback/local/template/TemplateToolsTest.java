package io.ringback.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CloudFormation makes of the template: its size, and what the linter says. */
class TemplateToolsTest {
    /** CloudFormation's limit is 500; what is left is for a deployment's own additions. */
    private static final int MOST_RESOURCES = 450;

    private static final String COUNT = """
            import sys
            from samtranslator.yaml_helper import yaml_parse
            from samtranslator.translator.transform import transform
            class NoManagedPolicies:
                def load(self): return {}
            with open(sys.argv[1]) as template:
                print(len(transform(yaml_parse(template.read()), {}, NoManagedPolicies())["Resources"]))
            """;

    @TempDir
    Path folder;

    @Test
    void staysBelowTheLimitOfResourcesByOurOwnCount() throws IOException {
        Map<String, Object> resources =
                Properties.asObject(DeploymentTemplate.document().getOrDefault("Resources", Map.of()));

        int count = resources.values().stream()
                .map(Properties::asObject)
                .mapToInt(TemplateToolsTest::expanded)
                .sum();

        assertThat(count).isBetween(100, MOST_RESOURCES);
    }

    @Test
    void staysBelowTheLimitOfResourcesAsExpandedBySam() throws IOException, InterruptedException {
        assumeTrue(runs("python3", "-c", "import samtranslator"), "aws-sam-translator for python3 is not installed");
        // The translator wants code in S3; where it is changes no count.
        Path deployable = Files.writeString(
                folder.resolve("template.yaml"),
                Files.readString(DeploymentTemplate.file())
                        .replaceAll("functions/\\w+/target/\\w+\\.zip", "s3://any/zip"));

        Output count = run("python3", "-c", COUNT, deployable.toString());

        assertThat(count.status()).as(count.text()).isZero();
        assertThat(Integer.parseInt(count.text().strip())).isLessThan(MOST_RESOURCES);
    }

    @Test
    void pleasesTheLinter() throws IOException, InterruptedException {
        assumeTrue(runs("cfn-lint", "--version"), "cfn-lint is not installed");

        Output findings = run("cfn-lint", DeploymentTemplate.file().toString());

        assertThat(findings.text()).isEmpty();
        assertThat(findings.status()).isZero();
    }

    /** A function with its role, version and alias; for each event a mapping or a rule, and a permission. */
    private static int expanded(Map<String, Object> resource) {
        if (!"AWS::Serverless::Function".equals(resource.get("Type"))) {
            return "AWS::Serverless::HttpApi".equals(resource.get("Type")) ? 3 : 1;
        }
        Properties function =
                new Properties("function", Properties.asObject(resource.getOrDefault("Properties", Map.of())));
        return 4 + 2 * function.object("Events").members().size();
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            return run(command).status() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private record Output(int status, String text) {}

    private Output run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends within a minute", command[0]).isTrue();
        return new Output(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
