import { once } from 'node:events';
import { start } from 'node:repl';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import {
  describeConfig,
  loadConfig,
  processEnvironment,
  type Environment,
  type Role,
} from '#libs/config';
import { migrateDatabase, sql } from '#libs/database';
import { createReplicaApp } from '#libs/http';
import { folderEnvironment } from './fleet/folder-environment.js';
import { replicaOf } from './replica-of-role.js';

const SHOWN_KEYS = /^(DATABASE_URL|REDIS_URL|CHANNEL_PREFIX)=/;

const FRAMEWORK_MODULES = new Set(['InternalCoreModule', 'DiscoveryModule', 'TypeOrmCoreModule']);

/**
 * A prompt with the application of a role: everything its modules export is a variable. It joins the fleet as a
 * replica that takes no requests and no jobs; what it writes is as real as what any replica writes. Resolves
 * when the prompt is left and the application is closed.
 */
export async function openRepl(role: Role, root: string): Promise<void> {
  const environment: Environment = {
    ...(await folderEnvironment(root, 'repl')),
    JOBS_WORKER: 'false',
  };
  const config = loadConfig(environment, role);
  // The database of this folder may be made here; one that is named by the caller never is.
  const isOwn = processEnvironment()['DATABASE_URL'] === undefined;
  if (isOwn && environment['DATABASE_URL'] !== undefined) {
    await migrateDatabase(config.database.url);
  }
  const app = await createReplicaApp(config, await replicaOf(role));
  try {
    const services = exportedServices(app);
    const settings = describeConfig(config).split('\n');
    print([
      `The ${role} role without a port:`,
      ...settings.filter((line) => SHOWN_KEYS.test(line)).map((line) => `  ${line}`),
      'Variables, by the module that exports them:',
      ...[...services].map(([module, found]) => `  ${module}: ${Object.keys(found).join(', ')}`),
      'And app, get(class or token), sql. For instance: await sqlReader.query(sql`SELECT id FROM job`)',
    ]);
    const prompt = start({ prompt: `${role}> ` });
    const get = (token: Type<unknown> | string | symbol): unknown =>
      app.get(token, { strict: false });
    Object.assign(prompt.context, ...services.values(), { app, get, sql });
    await once(prompt, 'exit');
  } finally {
    await app.close();
  }
}

/** The classes that modules export, by module; each as a variable named after its class. */
function exportedServices(app: INestApplicationContext): Map<string, Record<string, unknown>> {
  const services = new Map<string, Record<string, unknown>>();
  for (const module of app.get(ModulesContainer).values()) {
    if (FRAMEWORK_MODULES.has(module.metatype.name)) continue;
    const found: Record<string, unknown> = {};
    for (const token of module.exports) {
      if (typeof token !== 'function' || !module.providers.has(token)) continue;
      found[token.name.charAt(0).toLowerCase() + token.name.slice(1)] = app.get(token, {
        strict: false,
      });
    }
    if (Object.keys(found).length > 0) services.set(module.metatype.name, found);
  }
  return services;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
