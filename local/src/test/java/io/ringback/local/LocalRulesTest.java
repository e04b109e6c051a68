package io.ringback.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom in the local stack. */
class LocalRulesTest {
    private static final String LOCAL = "io.ringback.local.";

    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.ringback.local");
    }

    @Test
    void theTemplateIsReadWithoutKnowingWhoRunsIt() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL + "template")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.ringback.local.(runtime|http|trigger|stack|demo|command|phones)", "io.ringback.core..")
                .because("a deployment can be judged by its template alone")
                .check(code);
    }

    @Test
    void functionsAreKnownByTheTemplateOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ringback.functions..")
                .because("what the template does not name is not deployed, and so must not run here")
                .check(code);
    }

    @Test
    void onlyTheStackKnowsTheMediaGateway() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL + "stack")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ringback.gateway..")
                .because("phones and demo are the far side of the gateway and judge it")
                .check(code);
    }

    @Test
    void thePhonesShareNothingWithWhatTheyJudge() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL + "phones")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ringback.media..", "io.ringback.gateway..", LOCAL + "stack")
                .because("a fault on both sides would cancel out")
                .check(code);
    }

    @Test
    void theDemoIsACustomer() {
        noClasses()
                .that()
                .resideInAPackage(LOCAL + "demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ringback.core..", "io.ringback.aws..", "io.ringback.wire..", LOCAL + "runtime")
                .because("it shows what an application can see")
                .check(code);
    }
}
