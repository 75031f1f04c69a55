import { runDatabaseTool } from './database-tool.js';

// Opening the database with a tool migrates it, under a lock; replicas only check that it is as they need it.
await runDatabaseTool([], async (_app, logger) => {
  logger.info({}, 'the database is up to date');
});
