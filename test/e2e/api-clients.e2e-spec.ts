import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { CardProviderStandIn, startFleet, testCards, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { programOf } from '../support/documented-program.js';
import { ReplicaClient } from '../support/replica-client.js';

const STORE = 'toured';
const TOURS = 'test/e2e/api-clients';
const STOREFRONT_DOC = 'docs/storefront.md';
const DOCUMENTED_URL = 'http://localhost:3000';
const ROLES = ['commerce', 'authoring'] as const;
/** Generators and a compiler, one after the other, on however busy a machine. */
const GENERATED_WITHIN_MS = 15 * 60_000;
const run = promisify(execFile);

/** Strict, as careful users of a generated client compile it. */
const compilerOptions = {
  strict: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
  module: 'commonjs',
  moduleResolution: 'bundler',
  outDir: 'out',
  skipLibCheck: true,
};

/** Generates clients of docs/openapi, compiles the tours with them, and runs each against running replicas. */
describe('clients generated from the API documents', () => {
  let provider: CardProviderStandIn;
  let fleet: RunningFleet;
  let folder: string;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    fleet = await startFleet({ commerce: 1, authoring: 1, env: provider.env });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await createStore(staff, STORE);
    for (const [slug, brand, voltage] of PRODUCTS) {
      const texts = { en: { name: `A ${slug}` } };
      const attributes = [{ code: 'voltage_v', value: voltage }];
      const variants = [{ prices: [{ currency: 'EUR', amount: 1_000 }] }];
      const body = { store: STORE, slug, status: 'active', brand, texts, attributes, variants };
      await staff.expect(201, 'POST', '/products', { body });
    }
    // Inside the checkout, so that what is generated finds its packages.
    await mkdir('.lockstep', { recursive: true });
    folder = resolve(await mkdtemp('.lockstep/clients-'));
    await generate();
  }, GENERATED_WITHIN_MS);

  afterAll(async () => {
    await fleet?.stop();
    await provider?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it.each(['openapi-typescript', 'orval', 'hey-api'])(
    'compile in strict mode, and take the tour: %s',
    async (name) => {
      const login = [fleet.staff.email, fleet.staff.password];
      const urls = [fleet.commerce[0]!.url, fleet.authoring[0]!.url];
      const tour = join(folder, 'out', `${name}.js`);
      const { stdout } = await run(process.execPath, [tour, ...urls, ...login, STORE]);
      expect(JSON.parse(stdout)).toEqual({
        brands: 2,
        ofAttribute: ['drill'],
        total: 1,
        pages: ['drill', 'lamp'],
        name: 'A drill',
        missing: 'catalog.product-not-found',
        refused: 'identity.not-authenticated',
        patched: 'Patched',
        stale: 'http.stale-version',
        price: 1_500,
        stock: 7,
      });
    },
  );

  it('take a shopper from nothing to a paid order, as the documentation says', async () => {
    const shopper = spawn(process.execPath, [join(folder, 'out', 'storefront.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: shopper.stdout })) {
      lines.push(line);
      // The form has the secret: what Stripe.js does in a browser happens here.
      if (lines.length > 1) continue;
      provider.confirm(line, testCards.good);
      shopper.stdin.end('paid\n');
    }
    const intent = provider.account.get(lines[0]!.replace(/_secret_.*$/, ''));
    expect(lines[1]).toContain(`amount: ${intent.amount}`);
    expect(lines[1]).toMatch(/^\S+ \{.*\} authorised$/);
    expect(intent.status).toBe('requires_capture');
    expect(lines.slice(2)).toEqual(['live cart ', 'live order open', 'live product ']);
  });

  async function generate(): Promise<void> {
    const orval = Object.fromEntries(
      ROLES.map((role, index) => {
        const { url } = [fleet.commerce, fleet.authoring][index]![0]!;
        const output = { target: join(folder, `orval-${role}.ts`), client: 'fetch', baseUrl: url };
        return [role, { input: resolve(`docs/openapi/${role}.json`), output }];
      }),
    );
    await writeFile(join(folder, 'orval.config.mjs'), `export default ${JSON.stringify(orval)};`);
    for (const role of ROLES) {
      const input = resolve(`docs/openapi/${role}.json`);
      await program('openapi-typescript', input, '-o', `${role}-types.ts`);
      await program(
        'openapi-ts',
        '-i',
        input,
        '-o',
        `hey-api-${role}`,
        '-c',
        '@hey-api/client-fetch',
      );
    }
    await program('orval', '--config', 'orval.config.mjs');
    for (const file of await readdir(TOURS)) {
      await copyFile(join(TOURS, file), join(folder, file.replace('.template', '')));
    }
    const documented = await programOf(STOREFRONT_DOC);
    expect(documented).toContain(DOCUMENTED_URL);
    const storefront = documented.replaceAll(DOCUMENTED_URL, fleet.commerce[0]!.url);
    await writeFile(join(folder, 'storefront.ts'), storefront);
    const include = ['*.ts', 'hey-api-*/**/*.ts'];
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include }));
    await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}');
    await program('tsc', '-p', '.');
  }

  /** Rejects with what it wrote when it fails: for the compiler, that is what does not fit. */
  async function program(name: string, ...args: string[]): Promise<void> {
    await run(resolve('node_modules/.bin', name), args, { cwd: folder }).catch(
      ({ stdout, stderr }: { stdout: string; stderr: string }) => {
        throw new Error(`${name}: ${stdout}${stderr}`);
      },
    );
  }
});

const PRODUCTS = [
  ['drill', 'Akkumar', '12'],
  ['lamp', 'Lumo', '230'],
  ['saw', 'Other', '18'],
] as const;
