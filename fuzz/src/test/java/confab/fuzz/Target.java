package confab.fuzz;

import confab.access.PublicKeys;
import confab.access.TokenKeys;
import confab.access.TokenVerifier;
import confab.codec.NotAudioException;
import confab.codec.WavReader;
import confab.protocol.ChatText;
import confab.protocol.DisplayName;
import confab.protocol.EdgeNotice;
import confab.protocol.Event;
import confab.protocol.Frame;
import confab.protocol.HmacSha256;
import confab.protocol.Query;
import confab.protocol.Request;
import confab.protocol.ResumeToken;
import confab.protocol.RoomState;
import confab.protocol.address.Authority;
import confab.protocol.address.Hosts;
import confab.protocol.address.Origins;
import confab.protocol.address.SessionAnswer;
import confab.protocol.logins.Login;
import confab.protocol.logins.LoginAttempt;
import confab.protocol.revocations.RevocationNotice;
import confab.protocol.text.Skeleton;
import confab.protocol.webtransport.CapsuleReader;
import confab.protocol.webtransport.ControlStream;
import confab.room.RoomStory;
import confab.webtransport.engine.InitialPacket;
import confab.webtransport.engine.VersionNegotiation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;

/// What is fed with whatever comes: each parser of what strangers send, and rooms with several
/// participants. A target throws for what is wrong with the product, and for nothing else.
enum Target {
  FRAMES {
    @Override
    void feed(byte[] input) {
      Frame.parseBundle(input).forEach(frame -> Frame.parseBundle(frame.toBundle()));
    }
  },
  REQUESTS {
    @Override
    void feed(byte[] input) {
      Request.parse(input);
    }
  },
  EVENTS {
    @Override
    void feed(byte[] input) {
      Event.parse(input);
    }
  },
  ROOM_STATES {
    @Override
    void feed(byte[] input) {
      RoomState.parse(input).ifPresent(state -> same(state, RoomState.parse(state.toBytes())));
    }
  },
  EDGE_NOTICES {
    @Override
    void feed(byte[] input) {
      EdgeNotice.parse(input).ifPresent(notice -> EdgeNotice.parse(notice.toBytes()));
    }
  },
  REVOCATIONS {
    @Override
    void feed(byte[] input) {
      RevocationNotice.parse(input).ifPresent(it -> RevocationNotice.parse(it.toBytes()));
    }
  },
  LOGINS {
    @Override
    void feed(byte[] input) {
      Login.parse(input).ifPresent(login -> Login.parse(login.toBytes()));
      LoginAttempt.parse(input).ifPresent(attempt -> LoginAttempt.parse(attempt.toBytes()));
    }
  },
  /// As they come, and with a good signature.
  TOKENS {
    @Override
    void feed(byte[] input) {
      TOKEN_VERIFIER.verify(latin(input));
      String signed = TOKEN_HEAD + BASE64.encodeToString(input);
      byte[] code = HmacSha256.of(TOKEN_KEY, signed.getBytes(StandardCharsets.ISO_8859_1));
      TOKEN_VERIFIER.verify(signed + "." + BASE64.encodeToString(code));
    }
  },
  KEY_SETS {
    @Override
    void feed(byte[] input) {
      refusing(() -> PublicKeys.parse(new String(input, StandardCharsets.UTF_8)));
    }
  },
  RESUME_TOKENS {
    @Override
    void feed(byte[] input) {
      ResumeToken.verify(latin(input), ResumeToken.key("a key that nobody has guessed"));
    }
  },
  CONTROL_STREAMS {
    @Override
    void feed(byte[] input) {
      var in = new ByteArrayInputStream(input);
      try {
        while (ControlStream.read(in, Request.MAX_BYTES) != null) {
          // The next one.
        }
      } catch (IOException e) {
        // It said so.
      }
    }
  },
  CAPSULES {
    @Override
    void feed(byte[] input) {
      try {
        CapsuleReader.awaitClose(new ByteArrayInputStream(input));
      } catch (IOException e) {
        // It said so.
      }
      try {
        var reader = new CapsuleReader();
        for (byte each : input) {
          reader.read(ByteBuffer.wrap(new byte[] {each}));
        }
      } catch (IOException e) {
        // It said so.
      }
    }
  },
  FIRST_PACKETS {
    @Override
    void feed(byte[] input) {
      ByteBuffer packet = ByteBuffer.wrap(input);
      if (packet.hasRemaining() && VersionNegotiation.hasVersion(packet.get(0))) {
        if (VersionNegotiation.concerns(packet)) {
          VersionNegotiation.answer(packet.duplicate());
        } else {
          InitialPacket.token(packet);
        }
      }
    }
  },
  ADDRESSES {
    @Override
    void feed(byte[] input) {
      String text = latin(input);
      Authority.parse(text);
      Query.parse(text);
      refusing(() -> Origins.parse(List.of(text)));
      refusing(() -> Hosts.parse(List.of(text)));
    }
  },
  SESSION_ANSWERS {
    @Override
    void feed(byte[] input) {
      refusing(() -> SessionAnswer.parse(new String(input, StandardCharsets.UTF_8)));
    }
  },
  NAMES {
    @Override
    void feed(byte[] input) {
      String text = new String(input, StandardCharsets.UTF_8);
      if (DisplayName.fault(text).isEmpty()) {
        Skeleton.of(new DisplayName(text).value());
      }
      if (ChatText.fault(text).isEmpty()) {
        new ChatText(text);
      }
    }
  },
  RECORDINGS {
    @Override
    void feed(byte[] input) {
      try (WavReader reader = WavReader.open("input", new ByteArrayInputStream(input))) {
        short[] frame = new short[960];
        for (int i = 0; i < 100 && reader.read(frame); i++) {
          // The next one.
        }
      } catch (NotAudioException e) {
        // It said so.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  },
  ROOMS {
    @Override
    void feed(byte[] input) {
      RoomStory.tell(input);
    }
  };

  private static final String TOKEN_SECRET = "a secret that nobody has guessed yet";
  private static final SecretKeySpec TOKEN_KEY =
      new SecretKeySpec(TOKEN_SECRET.getBytes(StandardCharsets.ISO_8859_1), "HmacSHA256");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String TOKEN_HEAD =
      BASE64.encodeToString(
              "{\"alg\":\"HS256\",\"kid\":\"main\"}".getBytes(StandardCharsets.ISO_8859_1))
          + ".";
  private static final TokenKeys TOKEN_KEYS = TokenKeys.parse(List.of("main=" + TOKEN_SECRET));
  private static final TokenVerifier TOKEN_VERIFIER =
      new TokenVerifier(
          () -> TOKEN_KEYS,
          TokenVerifier.LEEWAY,
          InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));

  abstract void feed(byte[] input) throws IllegalStateException;

  /// As its corpus and `fuzz/run` call it.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String latin(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  /// For what says that it takes something else by that exception.
  private static void refusing(Runnable parse) {
    try {
      parse.run();
    } catch (IllegalArgumentException e) {
      // It said so.
    }
  }

  private static void same(RoomState state, java.util.Optional<RoomState> again) {
    if (!again.equals(java.util.Optional.of(state))) {
      throw new IllegalStateException(state + " came back as " + again);
    }
  }
}
