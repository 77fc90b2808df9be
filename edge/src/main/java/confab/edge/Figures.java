package confab.edge;

import confab.protocol.figures.Figure;
import confab.protocol.figures.Labelled;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.function.Supplier;

/// Makes metrics of what is declared a [Figure]. Used while the edge starts; what is registered
/// holds on to its source.
final class Figures {
  private final MeterRegistry registry;

  Figures(MeterRegistry registry) {
    this.registry = registry;
  }

  /// @param common what the names of all metrics of `type` begin with
  /// @param tags what all of them are labelled with
  /// @param source asked for each figure, each time
  <T> void register(String common, Tags tags, Class<T> type, Supplier<? extends T> source) {
    for (Method method : type.getDeclaredMethods()) {
      Figure figure = method.getAnnotation(Figure.class);
      if (figure == null) {
        continue;
      }
      String name = common + "." + (figure.name().isEmpty() ? words(method) : figure.name());
      if (figure.by().isEmpty()) {
        register(figure, name, tags, () -> value(method, source.get()));
      } else {
        for (Object each : method.getParameterTypes()[0].getEnumConstants()) {
          Tags labelled = tags.and(figure.by(), ((Labelled) each).label());
          register(figure, name, labelled, () -> value(method, source.get(), each));
        }
      }
    }
  }

  private void register(Figure figure, String name, Tags tags, Supplier<Number> value) {
    if (figure.gauge()) {
      Gauge.builder(name, value)
          .description(figure.value())
          .tags(tags)
          .strongReference(true)
          .register(registry);
    } else {
      // Counters hold their state object weakly, but the function that reads it strongly.
      FunctionCounter.builder(name, registry, _ -> value.get().doubleValue())
          .description(figure.value())
          .tags(tags)
          .register(registry);
    }
  }

  /// `droppedIn` is `dropped.in`.
  private static String words(Method method) {
    return method.getName().replaceAll("(?=[A-Z])", ".").toLowerCase(Locale.ROOT);
  }

  private static Number value(Method method, Object source, Object... label) {
    try {
      Object value = method.invoke(source, label);
      return value instanceof Boolean yes ? (yes ? 1 : 0) : (Number) value;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a figure: " + method, e);
    }
  }
}
