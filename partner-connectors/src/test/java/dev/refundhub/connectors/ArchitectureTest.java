package dev.refundhub.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.refundhub.connectors.partner.Partner;

@AnalyzeClasses(packages = "dev.refundhub.connectors", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HERE = "dev.refundhub.connectors";

    @ArchTest
    static final ArchRule onlyOnePlaceChoosesAPartner = classes()
            .that()
            .resideInAnyPackage(HERE + ".violet", HERE + ".shippedsuite")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(HERE, HERE + ".violet", HERE + ".shippedsuite");

    @ArchTest
    static final ArchRule everyPartnerPassesTheContract = classes()
            .that()
            .implement(Partner.class)
            .should(new ArchCondition<>("have a connector test beside the others") {
                @Override
                public void check(JavaClass partner, ConditionEvents events) {
                    String test = HERE + "." + partner.getSimpleName().replaceFirst("Partner$", "ConnectorTest");
                    boolean passes = isContract(test);
                    events.add(new SimpleConditionEvent(partner, passes, test + " extends ConnectorContract"));
                }
            });

    private static boolean isContract(String name) {
        try {
            return ConnectorContract.class.isAssignableFrom(Class.forName(name));
        } catch (ClassNotFoundException missing) {
            return false;
        }
    }

    @ArchTest
    static final ArchRule partnersDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage(HERE + ".violet")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HERE + ".shippedsuite");

    @ArchTest
    static final ArchRule norTheOtherWay = noClasses()
            .that()
            .resideInAPackage(HERE + ".shippedsuite")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HERE + ".violet");

    @ArchTest
    static final ArchRule nobodyGoesInCircles =
            slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partnersAreReachedThroughTheirExchangesOnly = noClasses()
            .that()
            .resideOutsideOfPackage(HERE + ".exchange")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.http.HttpClient");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager|Dto|Mapper|Base|Abstract\\w*|Service)$");

    @ArchTest
    static final ArchRule thereIsOneWayToLog = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
