package confab.load;

import confab.load.link.Sources;
import confab.protocol.FrameHeader;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads quantities as people write them.
final class Quantities {
  private Quantities() {}

  /// A bit rate, `32k` or `32000`, as the bytes that each frame of 20 ms has.
  static final class BytesPerFrame implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(k?)");
    private static final int FRAMES_PER_SECOND = 50;

    @Override
    public Integer convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (matcher.matches()) {
        long rate = Long.parseLong(matcher.group(1)) * (matcher.group(2).isEmpty() ? 1 : 1000);
        long bytes = rate / 8 / FRAMES_PER_SECOND;
        if (bytes >= Payload.MIN_BYTES && bytes <= FrameHeader.MAX_PAYLOAD_BYTES) {
          return (int) bytes;
        }
      }
      throw new TypeConversionException("'" + text + "' is no bit rate from 7k to 470k");
    }
  }

  /// `192.0.2.7`, or `127.1.0.0/22` as each address of the block.
  static final class Addresses implements ITypeConverter<List<InetAddress>> {
    @Override
    public List<InetAddress> convert(String text) {
      try {
        return Sources.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + text + "' is no address, and no block of 4096 at most such as 127.1.0.0/22");
      }
    }
  }

  /// `0.1%`, as the part of one.
  static final class Share implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    @Override
    public Double convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no share such as 0.1%");
      }
      return Double.parseDouble(matcher.group(1)) / 100;
    }
  }
}
