#!/bin/sh
# Says which lines of Markdown are longer than 160 columns, and ends with 1 when there are any.
# Tables and code have no other choice, and text between <!-- bench:NAME --> markers is made by
# bench/run; all of these may be longer. Without arguments every Markdown file of the tree is read.
set -eu
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
  mkdir -p target
  find . \( -name target -o -name node_modules -o -name .git \) -prune -o -name '*.md' -print |
    sed 's,^\./,,' >target/markdown-files
  # Paths of this tree hold no blanks.
  # shellcheck disable=SC2046
  set -- $(sort target/markdown-files)
fi

# A continuation byte (10xxxxxx) of UTF-8 is not a column of its own.
LC_ALL=C awk -v limit=160 '
  FNR == 1 { code = 0; generated = 0 }
  /^ *```/ { code = !code; next }
  /^<!-- bench:/ { generated = 1 }
  /^<!-- \/bench:/ { generated = 0 }
  code || generated || /^ *\|/ { next }
  { line = $0; gsub(/[\200-\277]/, "", line) }
  length(line) > limit {
    printf "%s:%d: %d columns, more than %d\n", FILENAME, FNR, length(line), limit
    found = 1
  }
  END { exit found }
' "$@"
