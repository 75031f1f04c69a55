// One task in a fresh process, so that nothing else is compiled or held in it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ANSWER_WITHIN_MS = 600_000;

/** Runs a file as a process of its own, with its options as the first message; its first message is the answer. */
export function inProcess(file, options, execArgv = []) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const child = fork(path, {
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4_000)));
  child.send(options);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), ANSWER_WITHIN_MS);
    child.once('message', (answer) => {
      resolve(answer);
      child.kill('SIGKILL');
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`${file} ended without an answer:\n${errors}`));
    });
  });
}
