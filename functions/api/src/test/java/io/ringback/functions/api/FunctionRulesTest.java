package io.ringback.functions.api;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;

@AnalyzeClasses(packages = "io.ringback.functions.api", importOptions = ImportOption.DoNotIncludeTests.class)
class FunctionRulesTest {
    @ArchTest
    static final ArchRule ONLY_THE_DEPLOYMENT_KNOWS_AWS = noClasses()
            .that(not(simpleName("Deployment")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("a function speaks of calls; which service keeps them is settled where it is built");

    @ArchTest
    static final ArchRule FUNCTIONS_ARE_STREAM_HANDLERS = classes()
            .that()
            .haveSimpleNameEndingWith("Function")
            .should()
            .implement(RequestStreamHandler.class)
            .andShould()
            .resideInAPackage("io.ringback.functions.api")
            .because("the runtime's own serializer costs time at each cold start, and the template names them there");

    @ArchTest
    static final ArchRule NOTHING_IS_EXTENDED = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .because("what functions share they have, they do not inherit it");

    @ArchTest
    static final ArchRule FUNCTIONS_KNOW_NO_JSON_LIBRARY = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
            .because("JSON is the dialects' matter, and theirs are in wire");

    @ArchTest
    static final ArchRule TIME_COMES_IN = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests set the clock");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = SlicesRuleDefinition.slices()
            .matching("io.ringback.functions.api.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a reader starts at the leaves");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "what is printed is a log line without level, request id or masking");

    @ArchTest
    static final ArchRule NO_JAVA_UTIL_LOGGING =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("SLF4J is the one way to log");
}
