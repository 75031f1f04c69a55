-- Run by create-database.sh as sa; $(LOCKSTEP_DB_PASSWORD) comes from its environment and holds no quote.
SET NOCOUNT ON;
IF DB_ID(N'lockstep') IS NULL
    CREATE DATABASE lockstep;
GO
-- Readers see the last committed row instead of waiting for a writer (the default of Azure SQL).
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'lockstep' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE lockstep SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID(N'lockstep') IS NULL
    CREATE LOGIN lockstep WITH PASSWORD = N'$(LOCKSTEP_DB_PASSWORD)', DEFAULT_DATABASE = lockstep;
ELSE
    ALTER LOGIN lockstep WITH PASSWORD = N'$(LOCKSTEP_DB_PASSWORD)';
GO
USE lockstep;
GO
-- Owner of this one database, because a replica may have to migrate it; nothing on the server.
IF USER_ID(N'lockstep') IS NULL
    CREATE USER lockstep FOR LOGIN lockstep;
IF IS_ROLEMEMBER(N'db_owner', N'lockstep') = 0
    ALTER ROLE db_owner ADD MEMBER lockstep;
GO
