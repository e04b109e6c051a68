package io.ringback.functions.workers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.ringback.functions.workers", importOptions = ImportOption.DoNotIncludeTests.class)
class FunctionRulesTest {
    @ArchTest
    static final ArchRule ONLY_THE_EDGE_KNOWS_AWS = noClasses()
            .that(DescribedPredicate.not(simpleName("Wiring").or(simpleName("SqsInbox"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("what a worker does is told by ports; which service is behind them is settled where it is built");

    @ArchTest
    static final ArchRule FUNCTIONS_ARE_PUBLIC_STREAM_HANDLERS = classes()
            .that()
            .haveSimpleNameEndingWith("Function")
            .should()
            .implement(RequestStreamHandler.class)
            .andShould()
            .bePublic()
            .because("Lambda makes them, and the runtime's own serializer costs time at each cold start");

    @ArchTest
    static final ArchRule THE_REST_IS_NOBODYS_BUSINESS = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .haveSimpleNameNotEndingWith("Function")
            .should()
            .notBePublic()
            .because("functions are all that the template and the local stack need of this module");

    @ArchTest
    static final ArchRule NOTHING_IS_EXTENDED = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL)
            .because("what workers share they have, they do not inherit it");

    @ArchTest
    static final ArchRule TIME_COMES_IN = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests set the clock");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "what is printed is a log line without level");
}
