import { createRequire } from 'node:module';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../tools/lib/run.mjs';

export interface BoundaryRule {
  readonly name: string;
  readonly to: { readonly path?: string | readonly string[] };
}
const require = createRequire(import.meta.url);
export const rules = (require('../../.dependency-cruiser.cjs') as { forbidden: BoundaryRule[] })
  .forbidden;
const platform = namesOf('platform-order-');
export const domain = namesOf('edges-of-');
const lastLibrary = 'catalog';

function namesOf(prefix: string): string[] {
  return rules.flatMap(({ name }) => (name.startsWith(prefix) ? name.slice(prefix.length) : []));
}

/** For each rule a file of the planted tree and the import that breaks the rule there. */
export const breaches: Record<string, readonly [file: string, code: string]> = {
  ...Object.fromEntries(
    platform.map((name) => [
      `platform-order-${name}`,
      [`libs/${name}/src/early.ts`, `import '#libs/${lastLibrary}';`],
    ]),
  ),
  // In the planted tree a library that none of them declares.
  ...Object.fromEntries(
    domain.map((name) => [
      `edges-of-${name}`,
      [`libs/${name}/src/model/undeclared.ts`, "import '#libs/leaky';"],
    ]),
  ),
  'libraries-know-no-application': [
    'libs/catalog/src/model/knows-app.ts',
    "import '../../../../apps/authoring/src/main.js';",
  ],
  'doors-only': ['libs/http/src/back-way.ts', "import '../../kernel/src/inner.js';"],
  'doors-by-name': ['libs/http/src/by-path.ts', "import '../../kernel/src/index.js';"],
  'no-back-office-in-commerce': ['apps/commerce/src/leak.ts', "import '#libs/leaky';"],
  'first-door-stays-light': ['libs/leaky/src/index.ts', "import './authoring.js';"],
  'rooms-of-a-domain': ['libs/catalog/src/storefront/peeks.ts', "import '../authoring/writes.js';"],
  'second-door-of-a-domain': ['libs/leaky/src/model/curious.ts', "import '#authoring/catalog';"],
  'no-sql-in-commerce': [
    'apps/commerce/src/staff-user.controller.ts',
    "import { UnitOfWork } from '#libs/database';",
  ],
  'two-roles': ['apps/authoring/src/sibling.ts', "import '../../commerce/src/main.js';"],
  'pure-kernel': ['libs/kernel/src/reads-files.ts', "import 'node:fs';"],
  'typeorm-in-repositories': [
    'libs/catalog/src/authoring/products/product.editor.ts',
    "import 'typeorm';",
  ],
  'database-drivers-in-database': [
    'libs/catalog/src/authoring/products/product.repository.ts',
    "import 'mssql';",
  ],
  'ioredis-in-redis': ['libs/cache/src/own-connection.ts', "import 'ioredis';"],
  'bullmq-in-jobs': ['apps/authoring/src/own-queue.ts', "import 'bullmq';"],
  'opentelemetry-where-it-is-loaded-late': [
    'libs/cache/src/own-spans.ts',
    "import '@opentelemetry/api';",
  ],
  'opentelemetry-is-loaded-late': [
    'libs/observability/src/tracing/at-once.ts',
    "import './open-telemetry.js';",
  ],
  'nodemailer-in-mail': ['apps/authoring/src/own-mail.ts', "import 'nodemailer';"],
  'stripe-in-payments': ['libs/orders/src/authoring/own-card.ts', "import 'stripe';"],
  'socket-io-in-push': ['apps/authoring/src/own-socket.ts', "import 'socket.io';"],
  'no-tests-in-production': ['libs/catalog/src/model/uses-fixture.ts', "import '#libs/testing';"],
  'no-tools-in-production': ['apps/authoring/src/uses-tool.ts', "import '../../../tools/seed.js';"],
  'no-development-packages': ['libs/http/src/pretty.ts', "import 'prettier';"],
  'no-cycles': ['libs/http/src/round.ts', "import './trip.js';"],
  'no-missing-modules': ['libs/http/src/typo.ts', "import './no-such-file.js';"],
};

/** Every package that one place owns, each brought in elsewhere by a file of its own. */
export const ownedPackages = [
  ['typeorm-in-repositories', 'typeorm'],
  ['typeorm-in-repositories', '@nestjs/typeorm'],
  ['database-drivers-in-database', 'better-sqlite3'],
  ['database-drivers-in-database', 'mssql'],
  ['database-drivers-in-database', 'tedious'],
  ['ioredis-in-redis', 'ioredis'],
  ['bullmq-in-jobs', 'bullmq'],
  ['opentelemetry-where-it-is-loaded-late', '@opentelemetry/api'],
  ['opentelemetry-where-it-is-loaded-late', '@opentelemetry/exporter-trace-otlp-http'],
  ['opentelemetry-where-it-is-loaded-late', '@opentelemetry/resources'],
  ['opentelemetry-where-it-is-loaded-late', '@opentelemetry/sdk-trace'],
  ['nodemailer-in-mail', 'nodemailer'],
  ['stripe-in-payments', 'stripe'],
  ['socket-io-in-push', 'socket.io'],
  ['socket-io-in-push', '@socket.io/redis-adapter'],
  ['socket-io-in-push', '@nestjs/websockets'],
  ['socket-io-in-push', '@nestjs/platform-socket.io'],
] as const;
export const fileOf = (name: string) =>
  `libs/http/src/owned/${name.replaceAll(/[^a-z0-9]+/g, '-')}.ts`;

/** Neighbours that the breaches need, and imports that are allowed: none of these may be reported. */
export const innocent: Record<string, string> = {
  'apps/commerce/src/main.ts': "import '#libs/catalog';",
  'apps/authoring/src/main.ts': "import '#libs/catalog'; import '#authoring/catalog';",
  'libs/kernel/src/inner.ts': "import 'node:async_hooks';",
  'libs/leaky/src/authoring.ts': 'export {};',
  'libs/catalog/src/authoring/writes.ts': "import '../model/plain.js';",
  'libs/catalog/src/model/plain.ts': 'export {};',
  'libs/catalog/src/authoring/store.repository.ts': "import 'typeorm';",
  'libs/catalog/src/authoring.ts':
    "import '#libs/database'; import './authoring/store.repository.js';",
  'libs/catalog/src/model/store.spec.ts': "import '#libs/testing'; import 'prettier';",
  'libs/database/src/source.ts': "import 'typeorm'; import 'mssql';",
  'libs/redis/src/connect.ts': "import 'ioredis';",
  'libs/jobs/src/queue.ts': "import 'bullmq';",
  'libs/observability/src/tracing/open-telemetry.ts': "import '@opentelemetry/api';",
  'libs/observability/src/tracing/open.ts': "await import('./open-telemetry.js');",
  'libs/push/src/adapter.ts': "import 'socket.io';",
  'libs/http/src/trip.ts':
    "import type { A } from './turn.js'; export type B = A; import './round.js';",
  'libs/http/src/turn.ts': "import type { B } from './trip.js'; export type A = B;",
  'libs/leaky/src/model/allowed.ts': "import '#libs/catalog';",
  'tools/seed.ts': "import '#libs/catalog';",
};

/**
 * Ways past the second door, each with the file that must be reported: a first door that hands out a repository,
 * a model that holds one, another slice in between, an import that is made later, a type, the second door itself.
 */
export const waysIn: readonly (readonly [
  rule: string,
  file: string,
  tree: Record<string, string>,
])[] = [
  [
    'first-door-stays-light',
    'libs/handing/src/index.ts',
    {
      'libs/handing/src/index.ts': "export * from './authoring/staff.repository.js';",
      'libs/handing/src/authoring/staff.repository.ts': 'export const remove = 1;',
    },
  ],
  [
    'no-back-office-in-commerce',
    'apps/commerce/src/remove-staff.controller.ts',
    { 'apps/commerce/src/remove-staff.controller.ts': "import { remove } from '#libs/handing';" },
  ],
  [
    'no-back-office-in-commerce',
    'apps/commerce/src/past-the-model.ts',
    {
      'libs/open/src/index.ts': "import './model/shared.js';",
      'libs/open/src/model/shared.ts': "import '../authoring/repository.js';",
      'libs/open/src/authoring/repository.ts': 'export {};',
      'apps/commerce/src/past-the-model.ts': "import '#libs/open';",
    },
  ],
  ['first-door-stays-light', 'libs/open/src/index.ts', {}],
  ['rooms-of-a-domain', 'libs/open/src/model/shared.ts', {}],
  [
    'no-back-office-in-commerce',
    'apps/commerce/src/past-another.ts',
    {
      'libs/between/src/index.ts': "import './storefront/reads.js';",
      'libs/between/src/storefront/reads.ts': "import '#libs/handing';",
      'apps/commerce/src/past-another.ts': "import '#libs/between';",
    },
  ],
  [
    'no-back-office-in-commerce',
    'apps/commerce/src/later.ts',
    { 'apps/commerce/src/later.ts': "export const later = () => import('#authoring/catalog');" },
  ],
  [
    'no-back-office-in-commerce',
    'apps/commerce/src/type-only.ts',
    { 'apps/commerce/src/type-only.ts': "import type { A } from '#authoring/catalog';" },
  ],
  [
    'second-door-of-a-domain',
    'libs/between/src/authoring/neighbour.ts',
    { 'libs/between/src/authoring/neighbour.ts': "import '#authoring/catalog';" },
  ],
];

/** What each domain library of the planted tree declares. */
const edges: Record<string, readonly string[]> = {
  ...Object.fromEntries(domain.map((name) => [name, []])),
  leaky: ['catalog'],
  open: [],
  handing: [],
  between: ['handing'],
};

const packages = ['typeorm', 'mssql', 'ioredis', 'bullmq', 'socket.io', 'prettier'];

/** Writes the tree with all of it; the check of the boundaries is run there. */
export async function plantTree(root: string): Promise<void> {
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  const rulesOn = 'tools/lib/libraries-on-disk.cjs';
  for (const file of ['.dependency-cruiser.cjs', rulesOn, 'tsconfig.json', 'package.json']) {
    await cp(join(projectRoot, file), join(root, file));
  }
  for (const name of [...platform, ...domain, 'testing']) {
    await write(`libs/${name}/src/index.ts`, 'export {};');
  }
  for (const [name, uses] of Object.entries(edges)) {
    await write(`libs/${name}/library.json`, JSON.stringify({ uses }));
  }
  for (const name of [...packages, ...ownedPackages.map(([, owned]) => owned)]) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  for (const [file, code] of [
    ...Object.entries(innocent),
    ...waysIn.flatMap(([, , tree]) => Object.entries(tree)),
    ...Object.values(breaches),
    ...ownedPackages.map(([, owned]) => [fileOf(owned), `import '${owned}';`] as const),
  ]) {
    await write(file, code);
  }
}
