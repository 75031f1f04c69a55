#!/bin/sh
# Replaces the replicas of one role by replicas of the current image, one at a time: a new one is ready before an old
# one is stopped, so there are never fewer than before. Stops at the first new replica that does not become ready.
#
# Usage: sh docker/roll.sh commerce|authoring
#   COMPOSE       the compose command (default "docker compose"; "docker-compose" for version 1)
#   COMPOSE_FILE  as for compose itself (default docker-compose.scale.yml)
#   READY_SECONDS how long a new replica may take (default 120)
set -eu
role="${1:-}"
case "$role" in commerce | authoring) ;; *)
  echo "usage: sh docker/roll.sh commerce|authoring" >&2
  exit 2
  ;;
esac
compose="${COMPOSE:-docker compose}"
export COMPOSE_FILE="${COMPOSE_FILE:-docker-compose.scale.yml}"

replicas() { $compose ps -q "$role"; }

old="$(replicas)"
if [ -z "$old" ]; then
  echo "no $role replica is running; start the deployment first" >&2
  exit 1
fi
count="$(echo "$old" | wc -l)"

for id in $old; do
  before="$(replicas)"
  $compose up -d --no-deps --no-recreate --no-build --scale "$role=$((count + 1))" "$role"
  new=''
  for candidate in $(replicas); do
    case "$before" in *"$candidate"*) ;; *) new="$candidate" ;; esac
  done
  if [ -z "$new" ]; then
    echo "compose started no new $role replica" >&2
    exit 1
  fi
  waited=0
  until docker exec "$new" node healthcheck.mjs /health/ready 2>/dev/null; do
    waited=$((waited + 1))
    if [ "$waited" -ge "${READY_SECONDS:-120}" ]; then
      echo "the new replica $new is not ready after $waited s; its log ends:" >&2
      docker logs --tail 20 "$new" >&2
      docker rm -f "$new" >/dev/null
      exit 1
    fi
    sleep 1
  done
  # The load balancer asks every second and wants two good answers before it sends traffic.
  sleep 3
  # Longer than SHUTDOWN_TIMEOUT_MS: requests and jobs under way are finished.
  docker stop -t 20 "$id" >/dev/null
  docker rm "$id" >/dev/null
  echo "replaced $id by $new"
done
