package dev.refundhub.messages;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.refundhub.messages", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule everyMessageIsARecord = classes()
            .that()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .beRecords();

    @ArchTest
    static final ArchRule messagesDependOnNothing = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.refundhub.messages..", "com.fasterxml.jackson.annotation..");
}
