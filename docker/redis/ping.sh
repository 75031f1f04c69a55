#!/bin/sh
# Health check: one authenticated round trip.
set -eu
REDISCLI_AUTH="$(cat /run/secrets/redis_operator_password)"
export REDISCLI_AUTH
test "$(redis-cli --user operator ping)" = PONG
