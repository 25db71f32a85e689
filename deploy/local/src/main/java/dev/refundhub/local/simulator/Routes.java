package dev.refundhub.local.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which part of a partner answers which method and path; {@code {}} in a path stands for a number. */
public final class Routes {

    private record Route(String method, Pattern path, Function<Call, Answer> answer) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route. */
    public Routes on(String method, String path, Function<Call, Answer> answer) {
        routes.add(new Route(method, Pattern.compile(path.replace("{}", "(\\d{1,18})")), answer));
        return this;
    }

    /** What the route of this call answers; nothing if there is none. */
    public Optional<Answer> answer(Call call) {
        for (Route route : routes) {
            Matcher path = route.path.matcher(call.path());
            if (route.method.equals(call.method()) && path.matches()) {
                return Optional.of(route.answer.apply(call.with(numbers(path))));
            }
        }
        return Optional.empty();
    }

    private static List<Long> numbers(Matcher path) {
        return IntStream.rangeClosed(1, path.groupCount())
                .mapToObj(group -> Long.valueOf(path.group(group)))
                .toList();
    }
}
