// Steps that take minutes: a line every few seconds, the whole output in a file, the end of it when the step fails.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot, stateFolder } from './run.mjs';

const PROGRESS_EVERY_MS = 5_000;
const running = new Set();

/**
 * Runs a program to its end, quietly, with a sign of life every five seconds. Answers `{ code, output, logFile, seconds }`; it
 * never rejects for an exit code. `name` is both the text of the progress lines and the name of the log file.
 */
export function runLongStep(name, program, args, { cwd = projectRoot, env = process.env } = {}) {
  const folder = join(stateFolder, 'logs');
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, `${name}.log`);
  const log = createWriteStream(logFile);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const collect = (chunk) => {
      log.write(chunk);
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const progress = setInterval(() => say(`${name} ... ${seconds()} s`), PROGRESS_EVERY_MS);
    const finish = (code) => {
      clearInterval(progress);
      running.delete(child);
      log.end();
      resolve({ code, output, logFile: relative(projectRoot, logFile), seconds: seconds() });
    };
    child.once('error', (error) => {
      collect(`${error.message}\n`);
      finish(127);
    });
    child.once('close', finish);
  });
}

/** Ends whatever `runLongStep` runs now; for the signal handlers of the commands. */
export function endLongSteps() {
  for (const child of running) child.kill('SIGTERM');
}

export function say(line) {
  process.stdout.write(`[lockstep] ${line}\n`);
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
