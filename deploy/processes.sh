# shellcheck shell=sh
# The processes of a local cluster and what is known of them. A part is called edge-1, nats-1 or
# haproxy. Sourced by local-cluster, which sets dir and patience.
#
# $dir/cluster.env says what is where, as KEY=VALUE lines without white space. It is read into
# variables of the same names once. Starting a program takes long on a busy machine, so what the
# shell can do by itself it does.
# shellcheck disable=SC2154

[ ! -f "$dir/cluster.env" ] || . "$dir/cluster.env"

# EDGE_1_PID for edge-1 PID.
key() {
  case $1 in
    edge-*) echo "EDGE_${1#*-}_$2" ;;
    nats-*) echo "NATS_${1#*-}_$2" ;;
    haproxy) echo "HAPROXY_$2" ;;
  esac
}

# get PART FIELD: nothing when there is none.
get() {
  eval "echo \"\${$(key "$1" "$2"):-}\""
}

# record KEY VALUE: a value again takes the place of the one before.
record() {
  if eval "[ -n \"\${$1:-}\" ]"; then
    grep -v "^$1=" "$dir/cluster.env" >"$dir/cluster.env.next" || :
    mv "$dir/cluster.env.next" "$dir/cluster.env"
  fi
  echo "$1=$2" >>"$dir/cluster.env"
  eval "$1=\$2"
}

numbers() {
  number=1
  while [ "$number" -le "$1" ]; do
    echo "$number"
    number=$((number + 1))
  done
}

parts() {
  for number in 1 2 3; do echo "nats-$number"; done
  for number in $(numbers "${EDGES:-0}"); do echo "edge-$number"; done
  echo haproxy
}

# Nothing for who has ended, be it a zombie.
command_line() {
  if [ -d /proc/self ]; then
    tr '\0' ' ' <"/proc/$1/cmdline"
  else
    ps -ww -o args= -p "$1"
  fi 2>/dev/null
}

# The pid of a part; nothing when it does not run, also when its pid is somebody else's by now.
pid() {
  recorded=$(get "$1" PID)
  if [ -n "$recorded" ] && command_line "$recorded" | grep -qF -- "$dir/$1."; then
    echo "$recorded"
  fi
}

# start PART COMMAND...: the command has to name a file PART.something in the directory, see pid. The
# log of the run before stays as PART.log.1.
start() {
  part=$1
  shift
  [ -z "$(pid "$part")" ] || fail "$part runs already"
  [ ! -f "$dir/$part.log" ] || mv "$dir/$part.log" "$dir/$part.log.1"
  nohup "$@" >"$dir/$part.log" 2>&1 </dev/null &
  record "$(key "$part" PID)" $!
}

# signal NAME PART: to who has ended already, nothing.
signal() {
  running=$(pid "$2")
  [ -z "$running" ] || kill -s "$1" "$running" 2>/dev/null || :
}

# ended PART SECONDS: waits for its end, and says whether it came.
ended() {
  deadline=$(($(date +%s) + $2))
  while [ -n "$(pid "$1")" ]; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# await PART COMMAND...: waits until the command succeeds, for a part that was just started.
await() {
  part=$1
  shift
  deadline=$(($(date +%s) + patience))
  until "$@"; do
    [ -n "$(command_line "$(get "$part" PID)")" ] || given_up "$part ended at once"
    [ "$(date +%s)" -lt "$deadline" ] || given_up "$part is not ready after $patience s"
    sleep 0.1
  done
}

given_up() {
  tail -n 15 "$dir/$part.log" >&2
  fail "$1; all of its output is in $dir/$part.log"
}

state() {
  running=$(pid "$1")
  if [ -z "$running" ]; then
    echo gone
  elif grep -q '^State:.T' "/proc/$running/status" 2>/dev/null; then
    echo "frozen $running"
  else
    echo "runs $running"
  fi
}
