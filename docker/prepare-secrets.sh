#!/bin/sh
# Writes the secrets of docker-compose.scale.yml and docker-compose.observe.yml, random ones, where they are missing. Never overwrites a file.
# Usage: sh docker/prepare-secrets.sh [directory]      (default docker/secrets, which git and the image builder ignore)
set -eu
directory="${1:-$(dirname "$0")/secrets}"
# The directory is closed to other users of the host; the files are open, because each is mounted into
# containers that run under different user ids.
mkdir -p "$directory"
chmod 700 "$directory"
umask 022

random() {
  # 32 letters and digits; the fixed end satisfies SQL Server's rule of three kinds of characters.
  printf '%s-Aa1' "$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 32)"
}

# write <name> <value>: whole or not at all, so that a container never reads half a secret.
write() {
  if [ -e "$directory/$1" ]; then
    echo "kept    $directory/$1"
  else
    printf '%s' "$2" >"$directory/.$1.new"
    mv "$directory/.$1.new" "$directory/$1"
    echo "created $directory/$1"
  fi
}

write sqlserver_sa_password "$(random)"
write sqlserver_lockstep_password "$(random)"
write redis_commerce_password "$(random)"
write redis_authoring_password "$(random)"
write redis_operator_password "$(random)"
write staff_password "$(random)"
write grafana_password "$(random)"
# The addresses hold the passwords again, in the form the replicas read.
write database_url "mssql://lockstep:$(cat "$directory/sqlserver_lockstep_password")@sqlserver:1433/lockstep?encrypt=true&trustServerCertificate=true"
write redis_commerce_url "redis://commerce:$(cat "$directory/redis_commerce_password")@redis:6379"
write redis_authoring_url "redis://authoring:$(cat "$directory/redis_authoring_password")@redis:6379"
