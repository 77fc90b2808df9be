package confab.webtransport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A stream that belongs to the event loop, as blocking input and output for other threads.
///
/// Bound inwards: the bytes of one read. The next read is asked for when those have been taken, and
/// at most the stream's flow-control window waits behind them. Bound outwards: [#MAX_UNSENT] bytes
/// that QUIC has not accepted yet, and one write of at most that size; a writer waits while more
/// are unsent.
final class NettyBlockingStream extends ChannelInboundHandlerAdapter {
  private static final int MAX_UNSENT = 16 * 1024;

  private final QuicStreamChannel stream;

  /// A lock rather than a monitor: the JDK wakes a virtual thread that waits for a monitor by way
  /// of another thread.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private @Nullable ByteBuf arrived;
  private boolean ended;
  private int unsent;
  private @Nullable IOException failure;

  NettyBlockingStream(QuicStreamChannel stream) {
    this.stream = stream;
    stream.config().setAutoRead(false);
  }

  InputStream input() {
    return new Input();
  }

  OutputStream output() {
    return new Output();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.read();
  }

  // --- on the event loop ---

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lock.lock();
    try {
      ByteBuf bytes = (ByteBuf) message;
      if (failure != null) {
        bytes.release();
        return;
      }
      arrived = arrived == null ? bytes : Unpooled.wrappedBuffer(arrived, bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    lock.lock();
    try {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ended = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(new IOException(cause));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(new IOException("the stream is closed"));
  }

  private void fail(IOException cause) {
    lock.lock();
    try {
      failure = cause;
      if (arrived != null) {
        arrived.release();
        arrived = null;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // --- on threads that may block ---

  private int take(byte[] into, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (arrived == null && !ended && failure == null) {
        awaitChange();
      }
      ByteBuf bytes = arrived;
      if (bytes == null) {
        if (ended) {
          return -1;
        }
        throw new IOException(failure);
      }
      int n = Math.min(length, bytes.readableBytes());
      bytes.readBytes(into, offset, n);
      if (!bytes.isReadable()) {
        bytes.release();
        arrived = null;
        stream.read();
      }
      return n;
    } finally {
      lock.unlock();
    }
  }

  private void give(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (unsent >= MAX_UNSENT && failure == null) {
        awaitChange();
      }
      if (failure != null) {
        throw new IOException(failure);
      }
      unsent += length;
      stream
          .writeAndFlush(stream.alloc().directBuffer(length).writeBytes(bytes, offset, length))
          .addListener(written -> accepted(length, written.cause()));
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /// On the event loop.
  private void accepted(int length, @Nullable Throwable refusal) {
    lock.lock();
    try {
      unsent -= length;
      if (refusal != null && failure == null) {
        failure = new IOException(refusal);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      return length == 0 ? 0 : take(bytes, offset, length);
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      for (int at = 0; at < length; at += MAX_UNSENT) {
        give(bytes, offset + at, Math.min(MAX_UNSENT, length - at));
      }
    }

    @Override
    public void close() {
      stream.shutdownOutput();
    }
  }
}
