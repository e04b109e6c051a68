package io.ringback.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringback.local.runtime.Access;
import io.ringback.local.runtime.UsedPermissions;
import io.ringback.local.template.DeploymentTemplate;
import io.ringback.local.template.LambdaFunction;
import io.ringback.local.template.Statement;
import io.ringback.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all other tests, in an execution of its own: whatever the template allows and no test used is one
 * permission too many. (One that is needed and absent fails the test that needs it.)
 */
class UnusedPermissionsIT {
    /** Recordings lie in a folder locally; the store in S3 has a test of its own. */
    private static final String ONLY_IN_THE_CLOUD = "s3:";

    @Test
    void everyPermissionOfTheTemplateIsUsedBySomeTest() throws IOException {
        Set<Access> used = UsedPermissions.read(TestStacks.USED_PERMISSIONS);
        Template template = Template.read(DeploymentTemplate.file(), Map.of(), DeploymentTemplate.NAMES);

        List<Access> unused = template.functions().stream()
                .flatMap(UnusedPermissionsIT::allowed)
                .filter(allowed -> !allowed.action().startsWith(ONLY_IN_THE_CLOUD))
                .filter(allowed -> used.stream().noneMatch(access -> covers(allowed, access)))
                .toList();

        assertThat(unused)
                .as("permissions that the template allows and no test uses")
                .isEmpty();
        // The next run starts with a clean record.
        Files.delete(TestStacks.USED_PERMISSIONS);
    }

    private static Stream<Access> allowed(LambdaFunction function) {
        return function.statements().stream()
                .flatMap((Statement statement) -> statement.actions().stream()
                        .flatMap(action -> statement.resources().stream()
                                .map(resource -> new Access(function.logicalId(), action, resource))));
    }

    private static boolean covers(Access allowed, Access access) {
        return access.function().equals(allowed.function())
                && Statement.matches(allowed.action(), access.action())
                && Statement.matches(allowed.resource(), access.resource());
    }
}
