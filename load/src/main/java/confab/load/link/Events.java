package confab.load.link;

import io.netty.buffer.ByteBuf;
import java.util.function.IntConsumer;

/// Tells which kinds of events come on a control stream and skips their contents. Parsing them
/// would cost too much: in a room of a thousand, a thousand participants are told of a thousand
/// others.
public final class Events {
  /// A field of `Event` in `control.proto`.
  public static final int WELCOME = 1;

  /// Likewise: the edge is about to end.
  public static final int MOVE = 8;

  /// The lowest bits of a Protobuf tag are the type of its value.
  private static final int TYPE_BITS = 3;

  private final IntConsumer kinds;

  /// The length that is being read, which comes seven bits at a time.
  private int length;

  private int shift;

  /// What is still to come of the message.
  private int left;

  private boolean atFirstByte;

  /// @param kinds gets the kind of each event as soon as its first byte is here
  public Events(IntConsumer kinds) {
    this.kinds = kinds;
  }

  /// The kind of the event that begins with this byte: the number of its field.
  public static int kind(byte first) {
    return (first & 0xff) >>> TYPE_BITS;
  }

  /// Reads all that is there.
  public void read(ByteBuf in) {
    while (in.isReadable()) {
      if (left == 0) {
        readLength(in.readByte());
      } else {
        readMessage(in);
      }
    }
  }

  private void readLength(byte next) {
    length |= (next & 0x7f) << shift;
    shift += 7;
    if (next >= 0) {
      left = length;
      length = 0;
      shift = 0;
      atFirstByte = true;
    }
  }

  private void readMessage(ByteBuf in) {
    if (atFirstByte) {
      kinds.accept(kind(in.getByte(in.readerIndex())));
      atFirstByte = false;
    }
    int here = Math.min(left, in.readableBytes());
    in.skipBytes(here);
    left -= here;
  }
}
