// `npm run scale -- 5`: changes the number of commerce replicas of the fleet that runs in this folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './lib/run.mjs';

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

const wanted = process.argv[2] ?? '';
if (!/^\d+$/.test(wanted)) fail('usage: npm run scale -- <number of commerce replicas>');
if (!existsSync(join(projectRoot, 'dist', 'tools', 'fleet', 'control-channel.js'))) {
  fail('no fleet runs in this folder: start one with npm start');
}
const { askFleet } = await import('../dist/tools/fleet/control-channel.js');
try {
  const answer = await askFleet(projectRoot, { commerce: Number(wanted) });
  if (answer === undefined) fail('no fleet runs in this folder: start one with npm start');
  process.stdout.write(`${answer}\n`);
} catch (error) {
  fail(error.message);
}
