package io.ringback.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(packages = "io.ringback.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_NOTHING = classes()
            .that()
            .resideInAPackage("io.ringback.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.ringback.core..", "java..", "org.jspecify..")
            .because("the domain has no AWS type, no JSON type and no logger, so that it can be read and tested alone");

    @ArchTest
    static final ArchRule IS_PURE = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time, ids and randomness come in as arguments: the same arguments give the same decision");

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("call")
            .definedBy("..core.call")
            .layer("media")
            .definedBy("..core.media")
            .layer("command")
            .definedBy("..core.command")
            .layer("event")
            .definedBy("..core.event")
            .layer("port")
            .definedBy("..core.port")
            .layer("decision")
            .definedBy("..core.decision")
            .layer("application")
            .definedBy("..core.application")
            .whereLayer("application")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("decision")
            .mayOnlyBeAccessedByLayers("application", "port")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("decision", "application", "port")
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("decision", "application")
            .whereLayer("media")
            .mayOnlyBeAccessedByLayers("command", "decision", "application", "port")
            .because("values know nothing of the rules that move them");
}
