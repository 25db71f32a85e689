package dev.refundhub.local.stack;

import dev.refundhub.local.issuer.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Several of any of the services, with PostgreSQL, Kafka, the issuer and the partners around them; each can be hurt and mended. */
public final class Fleet implements AutoCloseable {
    private final Directories directories;
    private final Settings settings;
    private final Map<String, String> more;
    private final Stack around;
    private final List<Member> members = new ArrayList<>();

    /** One process of a service. */
    public final class Member {
        private final Service service;
        private final Service.Seat seat;
        private final Child child;

        private Member(Service service, Service.Seat seat, Directories packaged) {
            this.service = service;
            this.seat = seat;
            this.child = service.child(packaged, settings, seat);
        }

        public Service service() {
            return service;
        }

        /** Where everybody asks it; only of a service that can be asked. */
        public String address() {
            return seat.address();
        }

        public void start() {
            child.start();
        }

        /** Asked to end, and waited for. */
        public void stop() {
            child.stop();
        }

        public void kill() {
            child.kill();
        }

        /** From here on it does nothing, and knows nothing of it. */
        public void freeze() {
            child.signal("STOP");
        }

        public void thaw() {
            child.signal("CONT");
        }

        public boolean isAlive() {
            return child.isAlive();
        }

        /** Whether it takes work now. */
        public boolean isReady() {
            return child.isAlive() && Stack.isReady(seat);
        }

        public void awaitReady() {
            Stack.awaitReady(child, seat);
        }

        /** The time of processors that it took so far. */
        public Duration processorTime() {
            return child.processorTime();
        }

        @Override
        public String toString() {
            return seat.name();
        }
    }

    /**
     * Starts nothing yet; it must be closed even where starting fails.
     *
     * @param more what is said to every member, as variables
     */
    public Fleet(Directories directories, Settings settings, Map<String, String> more, Consumer<String> say) {
        this.directories = directories;
        this.settings = settings;
        this.more = more;
        this.around = new Stack(directories, settings, say);
    }

    /** Returns when everything but the services takes work. */
    public Fleet start() {
        around.startAround();
        return this;
    }

    /** Starts one more; it is ready when it takes work. */
    public Member hire(Service service) {
        return hire(service, List.of());
    }

    /**
     * The same.
     *
     * @param options of its Java
     */
    public Member hire(Service service, List<String> options) {
        return hire(service, options, directories.checkout());
    }

    /**
     * The same.
     *
     * @param checkout where it was packaged, perhaps in another version
     */
    public Member hire(Service service, List<String> options, Path checkout) {
        Directories packaged = directories.packagedAt(checkout);
        service.mustBePackaged(packaged);
        int no = 1
                + (int) members.stream().filter(each -> each.service == service).count();
        Member member = new Member(service, seat(service, no, options), packaged);
        synchronized (this) {
            members.add(member);
        }
        member.start();
        return member;
    }

    /** The first of each is where everybody looks for it. */
    private Service.Seat seat(Service service, int no, List<String> options) {
        Service.Seat another = service.another(no, more, options);
        Service.Seat usual = service.seat(settings);
        return no > 1 ? another : new Service.Seat(another.name(), usual.management(), usual.door(), more, options);
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    public List<Member> of(Service service) {
        return members.stream().filter(each -> each.service == service).toList();
    }

    /** What the sellers decided beforehand. */
    public void setPolicies() {
        around.setPolicies();
    }

    /** What stands around the services. */
    public Stack around() {
        return around;
    }

    public Settings settings() {
        return settings;
    }

    public Directories directories() {
        return directories;
    }

    public String token(Role role, String seller, String subject) {
        return around.issuer().token(role, seller, subject);
    }

    @Override
    public void close() {
        members.forEach(Member::thaw);
        Together.run(members.stream().<Runnable>map(each -> each::stop).toList());
        around.close();
    }
}
