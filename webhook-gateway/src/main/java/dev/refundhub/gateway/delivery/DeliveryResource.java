package dev.refundhub.gateway.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What partners delivered, for operators: to look at, and to be read and told again. */
@Path("/api/v2/deliveries")
@RolesAllowed("OPERATOR")
public class DeliveryResource {

    private static final Logger LOG = Logger.getLogger(DeliveryResource.class);

    private final DeliveryArchive deliveries;
    private final JsonWebToken caller;

    DeliveryResource(DeliveryArchive deliveries, JsonWebToken caller) {
        this.deliveries = deliveries;
        this.caller = caller;
    }

    /** The answer. */
    public record Many(List<KeptDelivery> data, Page page) {}

    /** How many there may be, and whether others come after the last one: {@code before=} its id shows them. */
    public record Page(int size, boolean hasNext) {}

    /** The answer. */
    public record One(Whole data) {}

    /**
     * A delivery with what it holds.
     *
     * @param headers without credentials
     * @param body as text; left out where it is none in UTF-8
     * @param bodyBase64 where it is not text; left out otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Whole(@JsonUnwrapped KeptDelivery kept, Map<String, Object> headers, String body, String bodyBase64) {

        static Whole of(Row row) {
            byte[] body = row.getBuffer("body").getBytes();
            String text = text(body);
            JsonObject headers = row.getJsonObject("headers");
            return new Whole(
                    KeptDelivery.of(row),
                    headers.getMap(),
                    text,
                    text == null ? Base64.getEncoder().encodeToString(body) : null);
        }

        private static String text(byte[] body) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body))
                        .toString();
            } catch (CharacterCodingException notText) {
                return null;
            }
        }
    }

    /** The answer. */
    public record Retold(Count data) {}

    /** So many deliveries are told again. */
    public record Count(long deliveries) {}

    /** Newest first, without what they hold. */
    @GET
    public Uni<Many> list(@BeanParam DeliveryFilter filter) {
        int size = filter.checked().size();
        return deliveries
                .list(filter, size + 1)
                .map(found ->
                        new Many(found.subList(0, Math.min(found.size(), size)), new Page(size, found.size() > size)));
    }

    /** With what it holds, which may be personal: each reading is logged. */
    @GET
    @Path("/{id}")
    public Uni<One> one(String id) {
        String reader = caller.getSubject();
        return deliveries.find(id(id)).map(found -> {
            Row row = found.orElseThrow(NotFoundException::new);
            LOG.infof("delivery %s was read by %s", id, reader);
            return new One(Whole.of(row));
        });
    }

    /** It is NEW again, to be read and told as if it came now: 202. */
    @POST
    @Cancellable(false)
    @Path("/{id}/retry")
    public Uni<RestResponse<Void>> retry(String id) {
        String by = caller.getSubject();
        return deliveries.retry(id(id)).map(isThere -> {
            if (!isThere) {
                throw new NotFoundException();
            }
            LOG.infof("delivery %s is retried for %s", id, by);
            return RestResponse.accepted();
        });
    }

    /** Everything that came in a span of time is told again, whatever became of it: 202 with how many when all are NEW. */
    @POST
    @Cancellable(false)
    @Path("/retell")
    public Uni<RestResponse<Retold>> retell(@BeanParam DeliveryFilter filter) {
        filter.checkedSpan();
        LOG.infof("deliveries from %s to %s are told again for %s", filter.since, filter.until, caller.getSubject());
        return deliveries
                .retell(filter)
                .map(count -> RestResponse.status(RestResponse.Status.ACCEPTED, new Retold(new Count(count))));
    }

    private static UUID id(String id) {
        if (!DeliveryFilter.isDelivery(id)) {
            throw new NotFoundException();
        }
        return UUID.fromString(id);
    }
}
