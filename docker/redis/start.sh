#!/bin/sh
# Redis reads no secret files: its users come through a pipe, each with the hash of its password, so that no password is in an
# argument list or on a disk. users.acl follows from the code (npm run documents). Without a name and a password there is no way in.
set -eu
here="$(dirname "$0")"
secrets="${SECRETS_DIRECTORY:-/run/secrets}"

users() {
  while read -r user rules; do
    password="$(cat "$secrets/redis_${user}_password")"
    if [ -z "$password" ]; then
      echo "redis_${user}_password is empty" >&2
      exit 1
    fi
    echo "user $user on #$(printf '%s' "$password" | sha256sum | cut -c 1-64) $rules"
  done <"$here/users.acl"
}

# Not inside the text below, where a failure would go unnoticed.
lines="$(users)"
exec redis-server - <<END
include $here/redis.conf
user default reset
$lines
END
