package io.ringback.aws;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.ringback.aws", importOptions = DoNotIncludeTests.class)
class AwsArchitectureTest {
    @ArchTest
    static final ArchRule NEVER_A_SCAN = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a scan",
                    (JavaMethodCall call) ->
                            call.getTargetOwner().getSimpleName().startsWith("DynamoDb")
                                    && call.getTarget().getName().startsWith("scan")))
            .because("a scan reads the whole table, whoever's it is: what is looked for has a key or an index");

    @ArchTest
    static final ArchRule THE_CLOCK_COMES_IN =
            noClasses().should().callMethod(Instant.class, "now").because("tests move the time");

    @ArchTest
    static final ArchRule CLIENTS_ARE_BUILT_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("..aws.client..")
            .should()
            .callMethodWhere(describe(
                    "the builder of an SDK client",
                    (JavaMethodCall call) ->
                            call.getTargetOwner().getPackageName().startsWith("software.amazon.awssdk.services")
                                    && call.getTargetOwner().getSimpleName().endsWith("Client")
                                    && call.getTarget().getName().equals("builder")))
            .because("time-outs and retries are chosen once, and the local stack puts its checks between");

    @ArchTest
    static final ArchRule ITEMS_STAY_INSIDE = classes()
            .that()
            .haveSimpleNameEndingWith("Row")
            .or()
            .haveSimpleNameEndingWith("Item")
            .or()
            .haveSimpleNameEndingWith("Format")
            .should()
            .bePackagePrivate()
            .because("keys and attributes are known to the package of the table only");
}
