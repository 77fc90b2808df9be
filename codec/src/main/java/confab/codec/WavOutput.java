package confab.codec;

import java.io.Closeable;
import java.io.IOException;

/// Takes sound as a WAV file of 16 bits, 48 kHz, mono: into a file ([WavWriter]), or into what
/// cannot be gone back in ([WavStream]). One thread writes; any thread may close.
public sealed interface WavOutput extends Closeable permits WavWriter, WavStream {
  /// Appends `samples`; after [#close] it does nothing.
  void write(short[] samples) throws IOException;
}
