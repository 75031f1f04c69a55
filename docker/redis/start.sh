#!/bin/sh
# Redis reads no secret files: its last lines of configuration come through a pipe, so that the password is in no
# argument list and on no disk.
set -eu
exec redis-server - <<END
include /etc/lockstep/redis.conf
requirepass $(cat /run/secrets/redis_password)
END
