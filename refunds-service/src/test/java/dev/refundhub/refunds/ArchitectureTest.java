package dev.refundhub.refunds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

@AnalyzeClasses(packages = "dev.refundhub.refunds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.refundhub.refunds.";

    @ArchTest
    static final ArchRule packagesDependInOneDirection =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule orderKnowsNothingOfRefunds = noClasses()
            .that()
            .resideInAPackage(ROOT + "order")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "refund", ROOT + "claim", ROOT + "feed", ROOT + "policy", ROOT + "outbox");

    @ArchTest
    static final ArchRule onlyMessagesAreSharedWithOtherServices = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.refundhub.gateway..", "dev.refundhub.connectors..", "dev.refundhub.local..");

    @ArchTest
    static final ArchRule anAggregateKnowsPersistenceAndNoOtherFramework = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "jakarta.persistence..",
                    "org.hibernate.annotations..",
                    "dev.refundhub.messages..",
                    "dev.refundhub.refunds..");

    @ArchTest
    static final ArchRule aDoorForHttpIsAResource =
            classes().that().areAnnotatedWith(jakarta.ws.rs.Path.class).should().haveSimpleNameEndingWith("Resource");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto|DTO|Mapper|Base|Abstract|Service|Entity|Repository"
                    + "|Controller|Handler)$");

    @ArchTest
    static final ArchRule nobodyPrints =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.PrintStream");
}
