#!/bin/sh
# Prints the home of a JDK of at least version 25 (or of "$1"); with "java" for "$2" that of a runtime
# will do. Prints nothing and ends with 1 when there is none. What the person chose comes first, then
# where JDKs usually are, then the PATH.
set -u
wanted=${1:-25}
program=${2:-javac}

# The feature version of the JDK in "$1". Its release file says it without starting a virtual
# machine; the few builds that have none are asked.
feature() {
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] || version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
  printf '%s' "${version:-0}"
}

on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path") &&
  on_path=${on_path%/bin/java}

for home in "${CONFAB_JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* \
  "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "${on_path:-}"; do
  if [ -n "$home" ] && [ -x "$home/bin/$program" ] && [ "$(feature "$home")" -ge "$wanted" ]; then
    printf '%s\n' "$home"
    exit 0
  fi
done
exit 1
