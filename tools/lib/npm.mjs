import { runLongStep } from './long-step.mjs';

/** Runs npm as a long step: the one that started this command, else the one of the PATH. */
export function runNpm(name, args, options) {
  const own = process.env.npm_execpath ?? '';
  return own.endsWith('npm-cli.js')
    ? runLongStep(name, process.execPath, [own, ...args], options)
    : runLongStep(name, 'npm', args, options);
}
