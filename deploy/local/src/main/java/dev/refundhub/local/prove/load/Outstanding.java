package dev.refundhub.local.prove.load;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was begun and has not ended yet. */
final class Outstanding {
    private final Set<Request> all = ConcurrentHashMap.newKeySet();

    /** One thing that was begun; it is tried until it ends. */
    final class Request {
        private final String what;
        private volatile String last = "never answered";

        private Request(String what) {
            this.what = what;
        }

        /** What came of the last try, for whoever asks why it does not end. */
        void cameTo(String answer) {
            last = answer;
        }

        void end() {
            all.remove(this);
        }

        @Override
        public String toString() {
            return what + ": " + last;
        }
    }

    Request begin(String what) {
        Request request = new Request(what);
        all.add(request);
        return request;
    }

    int size() {
        return all.size();
    }

    boolean isNothing() {
        return all.isEmpty();
    }

    List<String> list() {
        return all.stream().map(Request::toString).sorted().toList();
    }
}
