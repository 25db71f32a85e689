package dev.refundhub.gateway.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request written to the wire byte by byte, also where no client would write it so. */
final class WireRequest {

    private static final int PATIENCE = 10_000;

    private final List<String> headers = new ArrayList<>();
    private final byte[] body;
    private String method = "POST";
    private String path;
    private String length;
    private boolean isChunked;
    private long pauseMillis;

    WireRequest(String path, byte[] body) {
        this.path = path;
        this.body = body;
        this.length = Integer.toString(body.length);
    }

    WireRequest with(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    WireRequest method(String other) {
        method = other;
        return this;
    }

    WireRequest path(String other) {
        path = other;
        return this;
    }

    /** Says another length than the body has. */
    WireRequest length(int other) {
        length = Integer.toString(other);
        return this;
    }

    /** In one chunk, after which the last one never comes. */
    WireRequest chunkedWithoutEnd() {
        isChunked = true;
        return this;
    }

    /** A byte, a pause, a byte. */
    WireRequest drip(long millis) {
        pauseMillis = millis;
        return this;
    }

    /** What was answered to it: the status and the body, or {@code closed} where the connection ended without an answer. */
    String send(URI gateway) throws IOException {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE);
            write(socket.getOutputStream());
            return answer(socket.getInputStream());
        }
    }

    private void write(OutputStream out) throws IOException {
        out.write(head().getBytes(UTF_8));
        if (isChunked) {
            out.write((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
        }
        for (int i = 0; i < body.length && pauseMillis > 0; i++) {
            try {
                out.write(body, i, 1);
                Thread.sleep(pauseMillis);
            } catch (IOException cutOff) {
                return;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        if (pauseMillis == 0) {
            out.write(body);
        }
        out.flush();
    }

    private String head() {
        String size = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
        return method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + size + "\r\n"
                + String.join(
                        "", headers.stream().map(header -> header + "\r\n").toList()) + "\r\n";
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            int one = in.read();
            while (one >= 0) {
                answer.write(one);
                one = isWhole(answer.toString(ISO_8859_1)) ? -1 : in.read();
            }
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (IOException reset) {
            // what came before counts
        }
        String text = answer.toString(ISO_8859_1);
        return text.isEmpty()
                ? "closed"
                : text.substring(9, 12)
                        + (text + "\r\n\r\n")
                                .replaceFirst("(?s).*?\r\n\r\n", " ")
                                .strip();
    }

    /** The head, and as much of a body as it says. */
    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String size = answer.toLowerCase(Locale.ROOT).replaceFirst("(?s).*content-length: *(\\d+).*", "$1");
        return end >= 0 && size.matches("\\d+") && answer.length() >= end + 4 + Integer.parseInt(size);
    }
}
