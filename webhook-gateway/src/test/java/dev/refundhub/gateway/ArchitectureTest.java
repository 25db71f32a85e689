package dev.refundhub.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.refundhub.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PARTNERS = {
        "dev.refundhub.gateway.optoro..",
        "dev.refundhub.gateway.refundid..",
        "dev.refundhub.gateway.shippedsuite..",
        "dev.refundhub.gateway.violet.."
    };

    @ArchTest
    static final ArchRule onlyTheChoiceOfAPartnerKnowsThePartners = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.refundhub.gateway.source.Partner")
            .and()
            .resideOutsideOfPackages(PARTNERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PARTNERS);

    @ArchTest
    static final ArchRule aPartnerKnowsNobodyAndNothingOfTheFramework = noClasses()
            .that()
            .resideInAnyPackage(PARTNERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.refundhub.gateway.source..",
                    "dev.refundhub.gateway.delivery..",
                    "dev.refundhub.gateway.fetch..",
                    "dev.refundhub.gateway.web..",
                    "jakarta..",
                    "io.quarkus..",
                    "io.smallrye..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule trustKnowsNothingOfWhatFollows = noClasses()
            .that()
            .resideInAPackage("dev.refundhub.gateway.source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.refundhub.gateway.delivery..");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("dev.refundhub.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatSomethingIs = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|Mapper|Service|Controller|Repository|Entity|Factory)")
            .orShould()
            .haveNameMatching(".*\\.(Base|Abstract)[A-Z].*");

    @ArchTest
    static final ArchRule nobodyPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nobodyLogsPastTheLog = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
