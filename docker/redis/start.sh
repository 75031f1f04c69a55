#!/bin/sh
# Redis reads no secret files: put the password where redis.conf includes it from (a tmpfs).
set -eu
umask 077
password="$(cat /run/secrets/redis_password)"
printf 'requirepass %s\n' "$password" >/run/redis/password.conf
exec redis-server /etc/lockstep/redis.conf
