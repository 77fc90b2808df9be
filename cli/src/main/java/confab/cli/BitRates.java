package confab.cli;

import confab.codec.SpeechEncoder;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads bit rates of speech: `32k` or `32000`.
final class BitRates implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(k?)");

  @Override
  public Integer convert(String text) {
    OptionalInt rate = parse(text);
    if (rate.isPresent()
        && rate.getAsInt() >= SpeechEncoder.MIN_BITRATE
        && rate.getAsInt() <= SpeechEncoder.MAX_BITRATE) {
      return rate.getAsInt();
    }
    throw new TypeConversionException("'" + text + "' is no bit rate from 6k to 128k");
  }

  private static OptionalInt parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int unit = matcher.group(2).isEmpty() ? 1 : 1000;
    return OptionalInt.of(Integer.parseInt(matcher.group(1)) * unit);
  }

  /// Reads bit rates of anything, which are more than nothing.
  static final class Any implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      OptionalInt rate = parse(text);
      if (rate.orElse(0) > 0) {
        return rate.getAsInt();
      }
      throw new TypeConversionException("'" + text + "' is no bit rate such as 64k");
    }
  }
}
