package dev.slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction in which packages may know each other. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] WIRE = {
        "dev.slipway.bytes..", "dev.slipway.failure..", "dev.slipway.cbor..", "dev.slipway.cose..", "dev.slipway.der..", "dev.slipway.tpm.."
    };
    private static final String[] CORE = {
        "dev.slipway.audit..", "dev.slipway.fdo..", "dev.slipway.attestation..", "dev.slipway.device..", "dev.slipway.ignition..",
        "dev.slipway.policy.."
    };
    private static final String[] ADAPTERS = {
        "dev.slipway.client..", "dev.slipway.transport..", "dev.slipway.admin..", "dev.slipway.persistence..", "dev.slipway.keystore..",
        "dev.slipway.ops..", "dev.slipway.cli..", "dev.slipway.simulator..", "dev.slipway.archive.."
    };

    @ArchTest
    static final ArchRule WIRE_IS_PLAIN_JAVA = classes()
            .that().resideInAnyPackage(WIRE)
            .should().onlyDependOnClassesThat().resideInAnyPackage(
                    "dev.slipway.bytes..", "dev.slipway.failure..", "dev.slipway.cbor..", "dev.slipway.cose..", "dev.slipway.der..", "dev.slipway.tpm..",
                    "java..", "javax.crypto..", "com.upokecenter..")
            .because("codecs must be readable and testable without the server");

    @ArchTest
    static final ArchRule ONLY_CBOR_KNOWS_THE_CBOR_LIBRARY =
            noClasses().that().resideOutsideOfPackage("dev.slipway.cbor..").should().dependOnClassesThat().resideInAPackage("com.upokecenter..");

    @ArchTest
    static final ArchRule BYTES_KNOWS_NOTHING = noClasses()
            .that().resideInAPackage("dev.slipway.bytes..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.failure..", "dev.slipway.cbor..", "dev.slipway.cose..", "dev.slipway.tpm..");

    @ArchTest
    static final ArchRule CBOR_DOES_NOT_KNOW_COSE =
            noClasses().that().resideInAPackage("dev.slipway.cbor..").should().dependOnClassesThat().resideInAPackage("dev.slipway.cose..");

    @ArchTest
    static final ArchRule TPM_KNOWS_NEITHER_CBOR_NOR_COSE = noClasses()
            .that().resideInAPackage("dev.slipway.tpm..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.cbor..", "dev.slipway.cose..");

    @ArchTest
    static final ArchRule CBOR_AND_COSE_DO_NOT_KNOW_TPM = noClasses()
            .that().resideInAnyPackage("dev.slipway.failure..", "dev.slipway.cbor..", "dev.slipway.cose..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.tpm..");

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_ADAPTER = noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat().resideInAnyPackage(ADAPTERS);

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK = noClasses()
            .that().resideInAnyPackage(CORE)
            .should().dependOnClassesThat().resideInAnyPackage("jakarta.ws..", "jakarta.persistence..", "io.vertx..", "io.quarkus..", "org.hibernate..");

    @ArchTest
    static final ArchRule ONLY_IGNITION_KNOWS_JSON_YAML_AND_CEL = noClasses()
            .that().resideInAnyPackage("dev.slipway.audit..", "dev.slipway.fdo..", "dev.slipway.device..")
            .should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..", "org.snakeyaml..", "dev.cel..");

    @ArchTest
    static final ArchRule THE_IGNITION_SPEC_KNOWS_NO_TEMPLATES = classes()
            .that().resideInAPackage("dev.slipway.ignition.spec..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(
                    "dev.slipway.ignition.spec..", "dev.slipway.bytes..", "dev.slipway.failure..", "com.fasterxml.jackson..", "java..");

    @ArchTest
    static final ArchRule BUTANE_KNOWS_NO_TEMPLATES =
            noClasses().that().resideInAPackage("dev.slipway.ignition.butane..").should().dependOnClassesThat().resideInAPackage("dev.slipway.ignition");

    @ArchTest
    static final ArchRule ONLY_READERS_OF_ATTESTATION_KNOW_JSON = noClasses()
            .that().resideInAPackage("dev.slipway.attestation..")
            .and().haveNameNotMatching(".*\\.(UserspaceLog|PcrSignatureFile|UntrustedJson)")
            .should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..", "org.snakeyaml..", "dev.cel..");

    @ArchTest
    static final ArchRule ATTESTATION_KNOWS_NEITHER_DEVICES_NOR_CONFIGS = noClasses()
            .that().resideInAPackage("dev.slipway.attestation..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.device..", "dev.slipway.ignition..");

    @ArchTest
    static final ArchRule VERIFIERS_KNOW_NEITHER_ENROLMENT_NOR_BOOT = noClasses()
            .that().resideInAPackage("dev.slipway.attestation")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.attestation.enrollment..", "dev.slipway.attestation.firstboot..");

    @ArchTest
    static final ArchRule ENROLMENT_KNOWS_NO_BOOT = noClasses()
            .that().resideInAPackage("dev.slipway.attestation.enrollment..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.attestation.firstboot..");

    @ArchTest
    static final ArchRule RULES_KNOW_NEITHER_WHO_BOOTS_NOR_HOW_THEY_ARE_WRITTEN = noClasses()
            .that().resideInAPackage("dev.slipway.attestation.reference..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.attestation.enrollment..", "dev.slipway.attestation.firstboot..");

    @ArchTest
    static final ArchRule NOBODY_IN_THE_CORE_KNOWS_POLICY_FILES = noClasses()
            .that().resideInAnyPackage("dev.slipway.fdo..", "dev.slipway.attestation..", "dev.slipway.device..", "dev.slipway.ignition..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.policy..");

    @ArchTest
    static final ArchRule FDO_KNOWS_NO_OTHER_CORE = noClasses()
            .that().resideInAPackage("dev.slipway.fdo..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.attestation..", "dev.slipway.device..", "dev.slipway.ignition..");

    @ArchTest
    static final ArchRule TYPES_KNOW_NO_PROTOCOL = noClasses()
            .that().resideInAPackage("dev.slipway.fdo.type..")
            .should().dependOnClassesThat().resideInAnyPackage(
                    "dev.slipway.fdo.key..", "dev.slipway.fdo.voucher..", "dev.slipway.fdo.rendezvous..", "dev.slipway.fdo.kex..",
                    "dev.slipway.fdo.serviceinfo..", "dev.slipway.fdo.message..", "dev.slipway.fdo.session..",
                    "dev.slipway.fdo.di..", "dev.slipway.fdo.to0..", "dev.slipway.fdo.to1..", "dev.slipway.fdo.to2..");

    @ArchTest
    static final ArchRule PARTS_KNOW_NO_MESSAGES = noClasses()
            .that().resideInAnyPackage(
                    "dev.slipway.fdo.key..", "dev.slipway.fdo.voucher..", "dev.slipway.fdo.rendezvous..", "dev.slipway.fdo.owner..",
                    "dev.slipway.fdo.kex..", "dev.slipway.fdo.serviceinfo..")
            .should().dependOnClassesThat().resideInAnyPackage(
                    "dev.slipway.fdo.message..", "dev.slipway.fdo.session..",
                    "dev.slipway.fdo.di..", "dev.slipway.fdo.to0..", "dev.slipway.fdo.to1..", "dev.slipway.fdo.to2..");

    @ArchTest
    static final ArchRule MESSAGES_AND_SESSIONS_KNOW_NO_PROTOCOL = noClasses()
            .that().resideInAnyPackage("dev.slipway.fdo.message..", "dev.slipway.fdo.session..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.slipway.fdo.di..", "dev.slipway.fdo.to0..", "dev.slipway.fdo.to1..", "dev.slipway.fdo.to2..");

    @ArchTest
    static final ArchRule PROTOCOLS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("dev.slipway.fdo.(di|to0|to1|to2)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule CONFIGS_DO_NOT_KNOW_TICKETS = noClasses()
            .that().resideInAPackage("dev.slipway.ignition")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.ignition.ticket..");

    @ArchTest
    static final ArchRule CONFIGS_DO_NOT_KNOW_HOW_THEY_ARE_ROLLED_OUT = noClasses()
            .that().resideInAPackage("dev.slipway.ignition..").and().resideOutsideOfPackage("dev.slipway.ignition.rollout..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.ignition.rollout..");

    @ArchTest
    static final ArchRule ONLY_ARCHIVES_KNOW_THE_ARCHIVE_LIBRARY = noClasses()
            .that().resideOutsideOfPackage("dev.slipway.archive..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.commons.compress..");

    @ArchTest
    static final ArchRule ARCHIVES_KNOW_PROFILES_ONLY = noClasses()
            .that().resideInAPackage("dev.slipway.archive..")
            .should().dependOnClassesThat().resideOutsideOfPackages(
                    "dev.slipway.archive..", "dev.slipway.failure..", "dev.slipway.ignition..", "org.apache.commons.compress..", "java..");

    @ArchTest
    static final ArchRule CONFIGS_DO_NOT_KNOW_WHO_ASSIGNS_THEM = noClasses()
            .that().resideInAnyPackage("dev.slipway.ignition", "dev.slipway.ignition.ticket..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.ignition.assignment..");

    @ArchTest
    static final ArchRule ASSIGNMENTS_DO_NOT_KNOW_TICKETS = noClasses()
            .that().resideInAPackage("dev.slipway.ignition.assignment..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.ignition.ticket..");

    @ArchTest
    static final ArchRule ENDPOINTS_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.slipway.transport.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_CLI_KNOWS_THE_SIMULATOR = noClasses()
            .that().resideOutsideOfPackages("dev.slipway.cli..", "dev.slipway.simulator..")
            .should().dependOnClassesThat().resideInAPackage("dev.slipway.simulator..");

    @ArchTest
    static final ArchRule CLIENT_KNOWS_NO_SERVER_CODE = noClasses()
            .that().resideInAPackage("dev.slipway.client..")
            .should().dependOnClassesThat().resideOutsideOfPackages(
                    "dev.slipway.client..", "dev.slipway.bytes..", "dev.slipway.failure..", "dev.slipway.fdo.message..", "java..", "javax.net..");

    @ArchTest
    static final ArchRule SIMULATOR_KNOWS_NO_SERVER_CODE = noClasses()
            .that().resideInAPackage("dev.slipway.simulator..")
            .should().dependOnClassesThat().resideInAnyPackage(
                    "dev.slipway.fdo.session..", "dev.slipway.fdo.di..", "dev.slipway.fdo.to0..", "dev.slipway.fdo.to1..", "dev.slipway.fdo.to2..",
                    "dev.slipway.persistence..", "dev.slipway.transport..", "dev.slipway.keystore..", "dev.slipway.ops..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.slipway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_IN_FDO = slices().matching("dev.slipway.fdo.(*)..").should().beFreeOfCycles();
}
