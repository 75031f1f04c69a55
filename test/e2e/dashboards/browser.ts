import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '#libs/testing';
import { DevtoolsSession } from '../../support/devtools-session.js';

const CHROMIUM = process.env['LOCKSTEP_CHROMIUM'] ?? 'chromium';
/** Of a page, on however busy a machine. */
const SHOWN_WITHIN_MS = 60_000;

/** Why no browser can be run here; undefined when one can. */
export function whyNoBrowser(): string | undefined {
  if (spawnSync(CHROMIUM, ['--version']).error === undefined) return undefined;
  return `no ${CHROMIUM} on the PATH, nor in LOCKSTEP_CHROMIUM`;
}

/** A page in a real Chromium without a window, over its protocol for tools. */
export class Browser {
  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
    private readonly tools: DevtoolsSession,
    private readonly page: string,
  ) {}

  static async open(width: number, height: number): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'lockstep-browser-'));
    const child = spawn(
      CHROMIUM,
      [
        '--headless=new',
        // What it shows is ours, and the user may be one for whom its sandbox is not there.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--hide-scrollbars',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        `--window-size=${width},${height}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const tools = await DevtoolsSession.open(await endpointOf(child));
    const { targetId } = await tools.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await tools.send('Target.attachToTarget', { targetId, flatten: true });
    return new Browser(child, profile, tools, String(sessionId));
  }

  /** Resolves when the page is there, all of it. */
  async show(url: string): Promise<void> {
    await this.tools.send('Page.navigate', { url }, this.page);
    await eventually(
      `${url} is shown`,
      () =>
        this.evaluate(
          `document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`,
        ),
      { withinMs: SHOWN_WITHIN_MS },
    );
  }

  /** What an expression is in the page. */
  evaluate<T>(expression: string): Promise<T> {
    return this.tools.evaluate<T>(expression, this.page);
  }

  /** The whole page, as PNG. */
  async screenshot(): Promise<Buffer> {
    const whole = { captureBeyondViewport: true };
    const { data } = await this.tools.send('Page.captureScreenshot', whole, this.page);
    return Buffer.from(String(data), 'base64');
  }

  async close(): Promise<void> {
    this.tools[Symbol.dispose]();
    const gone = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where it listens, as it says itself. */
function endpointOf({ stderr, exitCode }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stderr === null || exitCode !== null) return reject(new Error('the browser has ended'));
    const lines = createInterface(stderr);
    lines.on('line', (line) => {
      const [, url] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    lines.once('close', () => reject(new Error('the browser ended before it listened')));
  });
}
