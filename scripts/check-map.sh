#!/bin/sh
# Says which files docs/MAP.md names that are not there, and ends with 1 when there are any. A name
# may have folders before it, as in `room/Connection.java`.
set -eu
cd "$(dirname "$0")/.."

mkdir -p target
git ls-files --cached --others --exclude-standard | sed 's,^,/,' >target/map-files
status=0
# shellcheck disable=SC2016 # the quotes are those of Markdown
for name in $(grep -oE '`[A-Za-z0-9/._-]+\.(java|ts|proto|json|sh)`' docs/MAP.md | tr -d '`' | sort -u); do
  grep -q "/$(printf '%s' "$name" | sed 's/\./\\./g')\$" target/map-files || {
    echo "docs/MAP.md: $name is not there" >&2
    status=1
  }
done
exit $status
