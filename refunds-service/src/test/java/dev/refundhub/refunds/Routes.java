package dev.refundhub.refunds;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The routes that the service has, as its annotations say. */
final class Routes {

    private Routes() {}

    /** Method and path, and the roles that may use it. */
    static Map<String, Set<String>> all() {
        Map<String, Set<String>> routes = new TreeMap<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.refundhub.refunds")) {
            if (resource.isAnnotatedWith(Path.class)) {
                resource.getMethods().forEach(method -> add(resource, method, routes));
            }
        }
        return routes;
    }

    private static void add(JavaClass resource, JavaMethod method, Map<String, Set<String>> routes) {
        String path = resource.getAnnotationOfType(Path.class).value()
                + (method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "");
        Arrays.stream(method.reflect().getAnnotations())
                .map(a -> a.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .forEach(verb -> routes.put(verb.value() + " " + path, roles(resource, method)));
    }

    private static Set<String> roles(JavaClass resource, JavaMethod method) {
        RolesAllowed roles = method.isAnnotatedWith(RolesAllowed.class)
                ? method.getAnnotationOfType(RolesAllowed.class)
                : resource.getAnnotationOfType(RolesAllowed.class);
        return new TreeSet<>(Arrays.asList(roles.value()));
    }
}
