import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#libs/config';
import { migrateDatabase } from '#libs/database';
import { createOpenApiDocument, createReplicaApp, type BootstrapOptions } from '#libs/http';
import { replicaOf } from '../replica-of-role.js';
import type { GeneratedDocument } from './generated-document.js';

/** Refused at once, wherever this runs: the document needs no Redis. */
const REDIS_OF_NOBODY = 'redis://127.0.0.1:1';

/** docs/openapi/<role>.json: the API of each role, from its routes and their schemas. */
export async function openApiDocuments(): Promise<GeneratedDocument[]> {
  const documents: GeneratedDocument[] = [];
  for (const role of ['commerce', 'authoring'] as const) {
    const replica = await replicaOf(role);
    documents.push({
      path: `docs/openapi/${replica.role}.json`,
      text: `${JSON.stringify(sortKeys(await readDocument(replica)), undefined, 2)}\n`,
    });
  }
  return documents;
}

/** From the application itself, built but not listening, on a database that is thrown away. */
async function readDocument(replica: BootstrapOptions): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-openapi-'));
  try {
    const env = {
      DATABASE_URL: `sqlite:${join(folder, 'empty.db')}`,
      REDIS_URL: REDIS_OF_NOBODY,
      LOG_LEVEL: 'silent',
    };
    const config = loadConfig(env, replica.role);
    await migrateDatabase(config.database.url);
    const app = await createReplicaApp(config, replica);
    try {
      return createOpenApiDocument(app, replica.role);
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The order of members says nothing; a moved controller shall not look like a changed API. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sortKeys(member)]));
}
