package confab.edge;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Values for options that the command line leaves out. For `--http-port` that is the environment
/// variable `CONFAB_HTTP_PORT`, else the key `http-port` of the configuration file. Immutable.
final class ConfigSources implements IDefaultValueProvider {
  /// Options about the start itself, which have no environment variable and no key.
  private static final Set<String> NO_SETTING = Set.of("config", "help", "version");

  private final Map<String, String> environment;
  private final @Nullable Path path;
  private final Properties file;

  /// @param path the configuration file; null when there is none
  /// @throws StartException when the file cannot be read
  ConfigSources(Map<String, String> environment, @Nullable Path path) throws StartException {
    this.environment = Map.copyOf(environment);
    this.path = path;
    file = path == null ? new Properties() : read(path);
  }

  private static Properties read(Path path) throws StartException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
      return properties;
    } catch (NoSuchFileException e) {
      throw new StartException("configuration file " + path + ": there is no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("configuration file " + path + ": " + e.getMessage());
    }
  }

  /// Refuses keys that are no options: such a mistake would otherwise go unnoticed.
  ///
  /// @throws StartException when there is one
  void checkKeys(CommandSpec command) throws StartException {
    for (String key : file.stringPropertyNames()) {
      OptionSpec option = command.findOption("--" + key);
      if (option == null || !key.equals(key(option)) || NO_SETTING.contains(key)) {
        throw new StartException("configuration file " + path + ": unknown key '" + key + "'");
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || NO_SETTING.contains(key(option))) {
      return null;
    }
    String value = environment.get(variable(option));
    return value == null || value.isEmpty() ? file.getProperty(key(option)) : value;
  }

  /// Where a value came from, to be put behind a complaint about it; empty for the command line.
  String origin(OptionSpec option, @Nullable String value) {
    if (value == null) {
      return "";
    }
    if (value.equals(environment.get(variable(option)))) {
      return " (environment variable " + variable(option) + ")";
    }
    return value.equals(file.getProperty(key(option))) ? " (configuration file " + path + ")" : "";
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  static String variable(OptionSpec option) {
    return "CONFAB_" + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
