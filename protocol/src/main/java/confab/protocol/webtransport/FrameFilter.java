package confab.protocol.webtransport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/// Takes those frames out of a stream of HTTP/3 that this version does not know, however long they
/// are (RFC 9114 §9): the libraries of both engines gather an unknown frame whole, or end the
/// connection. What is no stream of frames passes as it is.
///
/// Holds the beginning of one frame, 16 bytes at most. One thread uses an instance.
public final class FrameFilter {
  /// As many bytes as may come out beyond those that went in.
  public static final int MAX_HELD = 16;

  private static final long CONTROL_STREAM = 0x00;

  /// Those of RFC 9114 §7.2, and those of HTTP/2 that must not come (§11.2.1), which the library
  /// answers.
  private static final Set<Long> KNOWN =
      Set.of(0x00L, 0x01L, 0x02L, 0x03L, 0x04L, 0x05L, 0x06L, 0x07L, 0x08L, 0x09L, 0x0dL);

  private enum Part {
    STREAM_TYPE,
    FIRST_HEADER,
    HEADER,
    KEPT,
    SKIPPED,
    ALL
  }

  private final byte[] held = new byte[MAX_HELD];
  private Part part;
  private int length;
  private long rest;

  private FrameFilter(Part part) {
    this.part = part;
  }

  /// For a stream that may belong to WebTransport, and then passes as it is.
  public static FrameFilter ofBidirectional() {
    return new FrameFilter(Part.FIRST_HEADER);
  }

  /// For a stream that begins with its type; the control stream alone has frames.
  public static FrameFilter ofUnidirectional() {
    return new FrameFilter(Part.STREAM_TYPE);
  }

  /// @param in what has come; all of it is taken
  /// @param out has room for that much and [#MAX_HELD] more
  public void filter(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining()) {
      switch (part) {
        case ALL -> out.put(in);
        case KEPT, SKIPPED -> pass(in, out);
        case STREAM_TYPE, FIRST_HEADER, HEADER -> {
          held[length++] = in.get();
          recognize(out);
        }
      }
    }
  }

  private void pass(ByteBuffer in, ByteBuffer out) {
    int bytes = (int) Math.min(rest, in.remaining());
    if (part == Part.KEPT) {
      out.put(in.slice(in.position(), bytes));
    }
    in.position(in.position() + bytes);
    rest -= bytes;
    if (rest == 0) {
      part = Part.HEADER;
    }
  }

  private void recognize(ByteBuffer out) {
    byte[] beginning = Arrays.copyOf(held, length);
    long type = Varint.get(beginning, 0);
    if (type == Varint.TRUNCATED) {
      return;
    }
    if (part == Part.STREAM_TYPE) {
      release(out, type == CONTROL_STREAM ? Part.HEADER : Part.ALL);
    } else if (part == Part.FIRST_HEADER && type == WebTransportNumbers.WT_BIDIRECTIONAL_STREAM) {
      release(out, Part.ALL);
    } else {
      long size = Varint.get(beginning, Varint.encodedLength(beginning[0]));
      if (size != Varint.TRUNCATED) {
        begin(type, size, out);
      }
    }
  }

  private void begin(long type, long size, ByteBuffer out) {
    boolean known = KNOWN.contains(type);
    rest = size;
    Part next = size == 0 ? Part.HEADER : known ? Part.KEPT : Part.SKIPPED;
    if (known) {
      release(out, next);
    } else {
      length = 0;
      part = next;
    }
  }

  private void release(ByteBuffer out, Part next) {
    out.put(held, 0, length);
    length = 0;
    part = next;
  }
}
