#!/bin/sh
# Makes the number of replicas what the scaling rules want: reads lockstep_desired_replicas of an authoring replica and scales what
# differs. Does nothing while the metric is absent (rules that only advise, or are off) or cannot be read.
#
#   METRICS_URL      where an authoring replica answers (default http://authoring:3000/metrics)
#   INTERVAL_SECONDS between two looks (default 15)
#   MAX_COMMERCE     never more than the load balancer has slots for (default 20)
#   MAX_AUTHORING    (default 10)
#   SCALER_ONCE      looks once and ends, for tests
#   COMPOSE, COMPOSE_FILE as for docker/scale.sh
set -eu
here="$(dirname "$0")"
compose="${COMPOSE:-docker compose}"
export COMPOSE_FILE="${COMPOSE_FILE:-docker-compose.scale.yml}"

most() { case "$1" in commerce) echo "${MAX_COMMERCE:-20}" ;; authoring) echo "${MAX_AUTHORING:-10}" ;; esac; }

# Prints "role count", one a line; nothing for whatever else the answer holds.
wanted() {
  metrics="$(wget -q -T 5 -O - "${METRICS_URL:-http://authoring:3000/metrics}")" || return 1
  printf '%s\n' "$metrics" |
    sed -n 's/^lockstep_desired_replicas{role="\(commerce\|authoring\)"} \([1-9][0-9]\{0,2\}\)$/\1 \2/p'
}

look() {
  numbers="$(wanted)" || return 1
  # What is run here must not read the lines that are still to come.
  printf '%s\n' "$numbers" | while read -r role count; do
    [ -n "$role" ] || continue
    if [ "$count" -gt "$(most "$role")" ]; then
      echo "$role: $count are wanted, and the load balancer has room for $(most "$role")" >&2
      count="$(most "$role")"
    fi
    # A list that cannot be read is no list of none.
    ids="$($compose ps -q "$role" </dev/null)" || continue
    actual="$(printf '%s' "$ids" | grep -c . || true)"
    [ "$actual" -eq 0 ] && continue # not started, or taken down by somebody: starting it is not scaling
    [ "$actual" -eq "$count" ] && continue
    echo "$role: $actual -> $count"
    sh "$here/../scale.sh" "$role=$count" </dev/null || echo "$role could not be scaled; trying again later" >&2
  done
}

while :; do
  look || echo "the metrics could not be read" >&2
  [ -n "${SCALER_ONCE:-}" ] && exit 0
  sleep "${INTERVAL_SECONDS:-15}" &
  wait $!
done
