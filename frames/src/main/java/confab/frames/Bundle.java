package confab.frames;

/// Frames travelling together, shared by everybody it is sent to: nobody changes the array.
///
/// @param bytes the frames one after another, stamped; at most 1200 bytes
/// @param frames how many there are
public record Bundle(byte[] bytes, int frames) {}
