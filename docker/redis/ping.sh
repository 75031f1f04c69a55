#!/bin/sh
# Health check: one authenticated round trip.
set -eu
REDISCLI_AUTH="$(cat /run/secrets/redis_password)"
export REDISCLI_AUTH
test "$(redis-cli ping)" = PONG
