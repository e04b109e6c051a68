package io.ringback.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;

@AnalyzeClasses(
        packages = {"io.ringback.core", "io.ringback.wire"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class WireRulesTest {
    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NO_DIALECT = noClasses()
            .that()
            .resideInAPackage("io.ringback.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ringback.wire..", "com.fasterxml.jackson..")
            .because("the dialects of the API change, and one domain serves them all");

    @ArchTest
    static final ArchRule A_DIALECT_KNOWS_NO_TRANSPORT = noClasses()
            .that()
            .resideInAPackage("io.ringback.wire.callingserver..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ringback.wire.gateway..", "io.ringback.wire.access..", "io.ringback.wire.effect..")
            .because("a dialect is a codec between JSON and the domain, and nothing else");

    @ArchTest
    static final ArchRule THE_GATEWAY_KNOWS_NO_DIALECT = noClasses()
            .that()
            .resideInAnyPackage("io.ringback.wire.gateway..", "io.ringback.wire.json..", "io.ringback.wire.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ringback.wire.callingserver..", "io.ringback.wire.effect..")
            .because("the media gateway serves calls of every API version alike");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = SlicesRuleDefinition.slices()
            .matching("io.ringback.wire.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a reader starts at the leaves");

    @ArchTest
    static final ArchRule TIME_COMES_IN = noClasses()
            .that()
            .resideInAPackage("io.ringback.wire..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests set the clock");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "what a function prints is a log line without level, request id or masking");

    @ArchTest
    static final ArchRule NO_JAVA_UTIL_LOGGING =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("SLF4J is the one way to log");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .resideInAPackage("io.ringback.wire..")
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .because("nothing here is made to be extended");
}
