package confab.bench.load;

import confab.bench.suite.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// CPU per frame by listeners as SVG: a panel for each number of speakers, a line for each engine,
/// both axes logarithmic.
public final class LoadChart {
  private static final int PANEL = 260;
  private static final int HEIGHT = 260;
  private static final int LEFT = 52;
  private static final int TOP = 40;
  private static final int BOTTOM = 36;
  private static final int PLOT_WIDTH = PANEL - LEFT - 16;
  private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
  private static final List<Integer> MICROS = List.of(1, 10, 100, 1000);

  /// One measured value.
  public record Point(int speakers, Engine engine, int listeners, double micros) {}

  private LoadChart() {}

  public static String draw(List<Point> points) {
    List<Integer> panels = points.stream().map(Point::speakers).distinct().sorted().toList();
    var svg = new StringBuilder();
    append(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"11\" fill=\"#333\">%n<rect width=\"100%%\" height=\"100%%\""
            + " fill=\"#fff\"/>%n",
        PANEL * panels.size(),
        HEIGHT);
    for (int i = 0; i < panels.size(); i++) {
      int speakers = panels.get(i);
      append(svg, "<g transform=\"translate(%d 0)\">%n", i * PANEL);
      panel(svg, speakers, points.stream().filter(each -> each.speakers == speakers).toList());
      append(svg, "</g>%n");
    }
    append(svg, "</svg>%n");
    return svg.toString();
  }

  private static void panel(StringBuilder svg, int speakers, List<Point> points) {
    String title = speakers == 1 ? "1 speaker" : speakers + " speakers";
    append(svg, "<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>%n", LEFT, title);
    for (int micros : MICROS) {
      double y = y(micros);
      append(
          svg,
          "<path d=\"M%d %.1fh%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%d µs</text>%n",
          LEFT,
          y,
          PLOT_WIDTH,
          LEFT - 4,
          y + 4,
          micros);
    }
    points.stream()
        .map(Point::listeners)
        .distinct()
        .forEach(
            each ->
                append(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x(each),
                    HEIGHT - BOTTOM + 16,
                    each));
    append(svg, "<text x=\"%d\" y=\"%d\">listeners</text>%n", LEFT, HEIGHT - 4);
    for (Engine engine : Engine.values()) {
      line(svg, engine, points.stream().filter(each -> each.engine == engine).toList());
    }
  }

  private static void line(StringBuilder svg, Engine engine, List<Point> points) {
    String path =
        points.stream()
            .sorted(Comparator.comparingInt(Point::listeners))
            .map(each -> String.format(Locale.ROOT, "%.1f,%.1f", x(each.listeners), y(each.micros)))
            .collect(Collectors.joining(" "));
    append(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
        path,
        color(engine));
    append(
        svg,
        "<text x=\"%d\" y=\"30\" fill=\"%s\">%s</text>%n",
        LEFT + engine.ordinal() * 56,
        color(engine),
        engine.label());
  }

  private static double x(int listeners) {
    return LEFT + PLOT_WIDTH * (Math.log10(listeners) - 1) / 2;
  }

  private static double y(double micros) {
    double decades = Math.log10(MICROS.getLast());
    return TOP + PLOT_HEIGHT * (1 - Math.clamp(Math.log10(micros) / decades, 0.0, 1.0));
  }

  private static String color(Engine engine) {
    return switch (engine) {
      case KWIK -> "#c0392b";
      case NETTY -> "#2471a3";
      case WEBSOCKET -> "#229954";
    };
  }

  private static void append(StringBuilder svg, String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form.replace("%n", "\n"), values));
  }
}
