#!/bin/bash
# Creates the database and the login of the replicas when they are missing. Running it again changes nothing
# except the login's password, which always follows the secret.
set -euo pipefail
LOCKSTEP_DB_PASSWORD="$(cat /run/secrets/sqlserver_lockstep_password)"
export LOCKSTEP_DB_PASSWORD
case "$LOCKSTEP_DB_PASSWORD" in
  '' | *[!A-Za-z0-9._~-]*)
    echo 'sqlserver_lockstep_password may hold only letters, digits and . _ ~ -' >&2
    exit 1
    ;;
esac
exec "$(dirname "$0")/sqlcmd.sh" -i "$(dirname "$0")/create-database.sql"
