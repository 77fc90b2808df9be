#!/bin/sh
# Says where the formatter has broken a line of a `///` comment, which leaves its end behind a `//`
# of its own. Arguments are files with the names of Java sources, one per line.
set -eu
xargs awk '
  FNR == 1 { documented = 0 }
  documented && /^ *\/\/[^\/]/ {
    print FILENAME ":" FNR ": a doc comment goes on with //; break its line by hand" > "/dev/stderr"
    broken = 1
  }
  # Only a long line is broken; a short one may well stand before a comment of another kind.
  { documented = /^ *\/\/\// && length($0) > 80 }
  END { exit broken }
' <"$1"
