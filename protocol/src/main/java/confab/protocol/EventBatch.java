package confab.protocol;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Joins events that are written already: what is told to a thousand is written once, and joined
/// with other things for each of them.
final class EventBatch {
  private static final int BATCH = confab.protocol.wire.Event.BATCH_FIELD_NUMBER;
  private static final int EVENTS = confab.protocol.wire.Batch.EVENTS_FIELD_NUMBER;
  private static final int LENGTH_DELIMITED = 2;

  private EventBatch() {}

  static byte[] of(List<byte[]> events) {
    int length = 0;
    for (byte[] event : events) {
      length += CodedOutputStream.computeByteArraySize(EVENTS, event);
    }
    byte[] message =
        new byte
            [CodedOutputStream.computeTagSize(BATCH)
                + CodedOutputStream.computeUInt32SizeNoTag(length)
                + length];
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    try {
      out.writeTag(BATCH, LENGTH_DELIMITED);
      out.writeUInt32NoTag(length);
      for (byte[] event : events) {
        out.writeByteArray(EVENTS, event);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("the lengths are known", e);
    }
    return message;
  }
}
