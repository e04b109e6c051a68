package io.ringback.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.DatagramSocket;
import java.nio.channels.NetworkChannel;

@AnalyzeClasses(packages = "io.ringback.media", importOptions = ImportOption.DoNotIncludeTests.class)
final class MediaArchitectureTest {
    @ArchTest
    static final ArchRule PURE_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.ringback.media..", "org.jspecify..")
            .because("sound must be testable and usable without the rest of the product");

    @ArchTest
    static final ArchRule NO_SOCKETS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(NetworkChannel.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(DatagramSocket.class)
            .because("sockets belong to the gateway; here packets are arrays");

    @ArchTest
    static final ArchRule ONLY_THE_PACER_KNOWS_TIME = noClasses()
            .that()
            .resideOutsideOfPackage("io.ringback.media.pace")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .because("everything else is counted in mixing cycles, or is handed its time");
}
