#!/bin/sh
# Changes the number of replicas and nothing else: running replicas stay as they are, one-shot services do not run again, and roles
# that are not named keep their number.
#
# Usage: sh docker/scale.sh commerce=5 [authoring=2]
#   COMPOSE       the compose command (default "docker compose"; "docker-compose" for version 1)
#   COMPOSE_FILE  as for compose itself (default docker-compose.scale.yml)
set -eu
compose="${COMPOSE:-docker compose}"
export COMPOSE_FILE="${COMPOSE_FILE:-docker-compose.scale.yml}"
if [ "$#" -eq 0 ]; then
  echo "usage: sh docker/scale.sh commerce=5 [authoring=2]" >&2
  exit 2
fi
for wanted in "$@"; do
  case "${wanted%%=*}" in commerce | authoring) ;; *)
    echo "$wanted: the roles are commerce and authoring" >&2
    exit 2
    ;;
  esac
  case "${wanted#*=}" in '' | *[!0-9]* | 0)
    echo "$wanted: give a role at least one replica, as in commerce=3" >&2
    exit 2
    ;;
  esac
done
for wanted in "$@"; do
  $compose up -d --no-deps --no-recreate --no-build --scale "$wanted" "${wanted%%=*}"
done
