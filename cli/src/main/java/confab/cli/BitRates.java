package confab.cli;

import confab.codec.SpeechEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads bit rates: `32k` or `32000`.
final class BitRates implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(k?)");

  @Override
  public Integer convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int unit = matcher.group(2).isEmpty() ? 1 : 1000;
      long rate = Long.parseLong(matcher.group(1)) * unit;
      if (rate >= SpeechEncoder.MIN_BITRATE && rate <= SpeechEncoder.MAX_BITRATE) {
        return (int) rate;
      }
    }
    throw new TypeConversionException("'" + text + "' is no bit rate from 6k to 128k");
  }
}
