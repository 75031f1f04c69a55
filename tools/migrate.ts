import { runDatabaseTool } from './database-tool.js';

// Opening the database migrates it, under a lock, as every replica does before it listens.
await runDatabaseTool([], async (_app, logger) => {
  logger.info({}, 'the database is up to date');
});
