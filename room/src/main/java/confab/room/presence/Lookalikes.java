package confab.room.presence;

import confab.protocol.DisplayName;
import confab.protocol.Identity;
import confab.protocol.Participant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who in a room has a name that looks like that of somebody else, who comes before: all edges find
/// the same ones, as far as their clocks agree. Whose name and user id are those of a token comes
/// first, then whose user id is, and then who had the name before. Several presences of one user
/// are one. Bound: those who are in the room. Guarded by its roster.
final class Lookalikes {
  private final Map<Integer, Bearer> bearers = new HashMap<>();

  /// By what their names look like; the first had theirs first.
  private final Map<String, TreeSet<Bearer>> alike = new HashMap<>();

  /// By who they are.
  private final Map<Identity, Set<Integer>> same = new HashMap<>();

  private Set<Integer> changed = new LinkedHashSet<>();

  private record Bearer(
      int number, Identity identity, boolean named, DisplayName name, long since, String skeleton)
      implements Comparable<Bearer> {
    private static final Comparator<Bearer> FIRST =
        Comparator.<Bearer, Boolean>comparing(it -> !it.named)
            .thenComparing(it -> !it.identity.verified())
            .thenComparingLong(Bearer::since)
            .thenComparing(Bearer::number, Integer::compareUnsigned);

    @Override
    public int compareTo(Bearer other) {
      return FIRST.compare(this, other);
    }

    boolean isOf(Participant who) {
      return identity.equals(who.identity())
          && named == who.named()
          && name.equals(who.name())
          && since == who.namedAt();
    }
  }

  void put(Participant who) {
    Bearer before = bearers.get(who.number());
    if (before != null && before.isOf(who)) {
      return;
    }
    remove(who.number());
    var bearer =
        new Bearer(
            who.number(),
            who.identity(),
            who.named(),
            who.name(),
            who.namedAt(),
            who.name().skeleton());
    bearers.put(who.number(), bearer);
    Set<Integer> others = same.computeIfAbsent(bearer.identity(), _ -> new HashSet<>());
    others.add(bearer.number());
    if (others.size() == 1) {
      noteImpostors(bearer);
    }
    TreeSet<Bearer> group = group(bearer);
    Identity first = first(group);
    group.add(bearer);
    noteChange(group, first);
  }

  void remove(int number) {
    Bearer gone = bearers.remove(number);
    if (gone == null) {
      return;
    }
    Set<Integer> others = sameAs(gone.identity());
    others.remove(number);
    if (others.isEmpty()) {
      same.remove(gone.identity());
      noteImpostors(gone);
    }
    TreeSet<Bearer> group = group(gone);
    Identity first = first(group);
    group.remove(gone);
    if (group.isEmpty()) {
      alike.remove(gone.skeleton());
    }
    noteChange(group, first);
  }

  /// While the first is of the same user, nothing changes for the others.
  private void noteChange(TreeSet<Bearer> group, @Nullable Identity first) {
    if (!group.isEmpty() && !group.getFirst().identity().equals(first)) {
      group.forEach(each -> changed.add(each.number()));
    }
  }

  private static @Nullable Identity first(TreeSet<Bearer> group) {
    return group.isEmpty() ? null : group.getFirst().identity();
  }

  /// A user whom a token names is here for the first time, or no longer.
  private void noteImpostors(Bearer bearer) {
    if (bearer.identity().verified()) {
      changed.addAll(sameAs(new Identity(bearer.identity().user(), false)));
    }
  }

  private Set<Integer> sameAs(Identity identity) {
    return same.getOrDefault(identity, Set.of());
  }

  /// Whether `number` has a name like that of another user, who had it first, or has only chosen
  /// the id of a user who is there whom a token names.
  boolean contains(int number) {
    Bearer bearer = bearers.get(number);
    return bearer != null
        && (!bearer.identity().equals(first(group(bearer))) || isImpostor(bearer.identity()));
  }

  private boolean isImpostor(Identity identity) {
    return !identity.verified() && same.containsKey(new Identity(identity.user(), true));
  }

  private TreeSet<Bearer> group(Bearer bearer) {
    return alike.computeIfAbsent(bearer.skeleton(), _ -> new TreeSet<>());
  }

  /// For whom that may have changed since this was last asked, besides those who were put.
  Set<Integer> takeChanged() {
    Set<Integer> taken = changed;
    changed = new LinkedHashSet<>();
    return taken;
  }
}
