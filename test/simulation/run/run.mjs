// `node test/simulation/run/run.mjs --seeds 200000 --from 1 [--replay N]`; see test/simulation/README.md.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    '--conditions=source',
    '--enable-source-maps',
    '--import',
    here('register-hooks.mjs'),
    here('main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
