#!/bin/bash
# SQL Server takes its password from the environment only: read it here, so that it is in no compose file and no `docker inspect`.
set -euo pipefail
MSSQL_SA_PASSWORD="$(cat /run/secrets/sqlserver_sa_password)"
export MSSQL_SA_PASSWORD
exec /opt/mssql/bin/sqlservr
