package dev.refundhub.local.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which one request follows the answer to the one before. */
final class Line {
    private static final String END = "\r\n\r\n";
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");
    private static final int STATUS = 9;

    private final NetSocket socket;
    private Buffer heard = Buffer.buffer();
    private IntConsumer answered;

    Line(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::hear);
        socket.closeHandler(closed -> answer(0));
    }

    /** Says once which status was answered; 0 where the connection ended instead. */
    void ask(Buffer request, IntConsumer then) {
        answered = then;
        socket.write(request);
    }

    void close() {
        answered = null;
        socket.close();
    }

    private void hear(Buffer more) {
        heard.appendBuffer(more);
        String text = heard.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END);
        if (end < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(text.substring(0, end).toLowerCase(Locale.ROOT));
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        if (text.length() >= end + END.length() + body) {
            heard = Buffer.buffer();
            answer(Integer.parseInt(text.substring(STATUS, STATUS + 3)));
        }
    }

    private void answer(int status) {
        IntConsumer then = answered;
        answered = null;
        if (then != null) {
            then.accept(status);
        }
    }
}
