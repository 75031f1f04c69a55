import { Instruction } from './run.mjs';

// The same range as "engines" in package.json, readable by a Node that is too old for everything else here.
const supported = 'Node 20.19 or newer in line 20, or 22.12 or newer';

/** Throws an Instruction when this Node cannot run Lockstep. */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (isSupported) return;
  throw new Instruction(
    [
      `This is Node ${version}; Lockstep needs ${supported} (24 is recommended).`,
      'Install it from https://nodejs.org or with a version manager (nvm install 24; fnm install 24), then run the command again.',
    ].join('\n'),
  );
}
