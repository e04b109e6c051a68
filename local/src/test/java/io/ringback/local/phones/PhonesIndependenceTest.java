package io.ringback.local.phones;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PhonesIndependenceTest {
    @Test
    void thePhonesShareNothingWithTheGateway() {
        JavaClasses phones = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.ringback.local.phones");
        noClasses()
                .that()
                .resideInAPackage("io.ringback.local.phones..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.ringback.core..",
                        "io.ringback.wire..",
                        "io.ringback.aws..",
                        "io.ringback.media..",
                        "io.ringback.gateway..")
                .because("a judge that shares a mistake with what it judges does not see it")
                .check(phones);
    }
}
