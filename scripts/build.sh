#!/bin/sh
# Builds what ./confab starts, if a source is newer than the last build. Needs JAVA_HOME. Ends with
# 69 when a tool is missing and with 1 when the build fails; both say why on standard error.
set -eu
cd "$(dirname "$0")/.."
mkdir -p target
stamp=target/launcher-build

current() {
  [ -f edge/target/confab-edge.jar ] && [ -f cli/target/confab-cli.jar ] &&
    [ -f load/target/confab-load.jar ] && [ -f "$stamp" ] &&
    [ -z "$(find pom.xml ./*/pom.xml ./*/src/main web-ui/src web-ui/public web-ui/*.html \
      web-ui/*.json web-ui/*.ts -type f -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

need() {
  command -v "$1" >/dev/null 2>&1 || {
    echo "confab: $1 is missing; it is needed to build. On Debian: apt install $2" >&2
    exit 69
  }
}

current && exit 0
need mvn maven
need node nodejs
need npm npm

# Two first starts at once would write the same files.
if command -v flock >/dev/null 2>&1; then
  exec 9>target/launcher-lock
  flock 9
  current && exit 0
fi

echo "confab: building, this takes a minute or two ..." >&2
touch "$stamp.begun"
if ! mvn -q -B -ntp -DskipTests -pl edge,cli,load -am package >target/launcher-build.log 2>&1 9>&-; then
  tail -n 30 target/launcher-build.log >&2
  echo "confab: the build failed; all of its output is in target/launcher-build.log" >&2
  exit 1
fi
# What was edited during the build counts as newer than it.
mv "$stamp.begun" "$stamp"
echo "confab: built" >&2
