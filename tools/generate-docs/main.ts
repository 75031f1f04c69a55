import { configDocuments } from './config.js';
import { dashboardDocuments } from './dashboards.js';
import { errorsDocument } from './errors.js';
import { kubernetesDocument } from './kubernetes.js';
import { openApiDocuments } from './openapi.js';
import { redisUsersDocument } from './redis-users.js';
import { scalingDocument } from './scaling.js';
import { settleDocuments } from './settle-documents.js';
import { trafficDocument } from './traffic.js';

// Writes the documents that follow from the code; with `--check` only compares, and exits with 1 when a file
// on disk differs. Run it from the root of the repository.
const documents = [
  ...(await configDocuments()),
  await errorsDocument(),
  ...(await openApiDocuments()),
  redisUsersDocument(),
  await scalingDocument(),
  await trafficDocument(),
  await kubernetesDocument(),
  ...(await dashboardDocuments()),
];

process.exitCode = settleDocuments(documents, process.argv.includes('--check'));
