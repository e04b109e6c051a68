package io.ringback.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.ringback.gateway", importOptions = DoNotIncludeTests.class)
class GatewayArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.ringback.gateway.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a part that can be understood alone can be tested alone");

    @ArchTest
    static final ArchRule JAIN_SIP_STAYS_INSIDE = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..")
            .because("its threads and its failures are kept behind the façade");

    @ArchTest
    static final ArchRule SIP_KNOWS_NO_CALLS = noClasses()
            .that()
            .resideInAnyPackage("..gateway.sip..", "..gateway.sdp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.call..",
                    "..gateway.rtp..",
                    "..gateway.journal..",
                    "..gateway.prompt..",
                    "..gateway.recording..",
                    "..gateway.report..",
                    "..gateway.control..")
            .because("it signals, and whoever listens decides what that means");

    @ArchTest
    static final ArchRule CALLS_KNOW_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("..gateway.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..gateway.rtp..", "..gateway.control..", "..gateway.report..", "java.nio.channels..")
            .because("the rules of a call are tested without a network");

    @ArchTest
    static final ArchRule THE_CLOUD_IS_REACHED_FROM_FEW_PLACES = noClasses()
            .that()
            .resideInAnyPackage(
                    "..gateway.call..",
                    "..gateway.rtp..",
                    "..gateway.journal..",
                    "..gateway.recording..",
                    "..gateway.control..",
                    "..gateway.sip..",
                    "..gateway.sdp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.ringback.aws..")
            .because("queues, tables and stores are behind ports");
}
