#!/bin/bash
# sqlcmd as the administrator. The password travels in the environment, not in the argument list.
set -euo pipefail
SQLCMDPASSWORD="$(cat /run/secrets/sqlserver_sa_password)"
export SQLCMDPASSWORD
tool=/opt/mssql-tools18/bin/sqlcmd
# -C: the server makes its own certificate. -b: an SQL error is an exit code.
exec "$tool" -C -b -l 5 -S "${SQLSERVER_HOST:-localhost}" -U sa "$@"
