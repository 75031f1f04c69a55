import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '#libs/testing';

const CHROMIUM = process.env['LOCKSTEP_CHROMIUM'] ?? 'chromium';
const ANSWER_MS = 60_000;

interface Message {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Why no browser can be run here; undefined when one can. */
export function whyNoBrowser(): string | undefined {
  if (spawnSync(CHROMIUM, ['--version']).error === undefined) return undefined;
  return `no ${CHROMIUM} on the PATH, nor in LOCKSTEP_CHROMIUM`;
}

/** A page in a real Chromium without a window, over its protocol for tools. */
export class Browser {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private lastId = 0;
  private session: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id !== undefined) this.waiting.get(message.id)?.(message);
    });
  }

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
    const socket = new WebSocket(await endpointOf(child));
    await once(socket, 'open');
    const browser = new Browser(child, profile, socket);
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const attached = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    browser.session = String(attached['sessionId']);
    return browser;
  }

  /** Resolves when the page is there, all of it. */
  async show(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    await eventually(
      `${url} is shown`,
      () =>
        this.evaluate(
          `document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`,
        ),
      { withinMs: ANSWER_MS },
    );
  }

  /** What an expression is in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    return (result as { value: T }).value;
  }

  /** The whole page, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: true });
    return Buffer.from(String(data), 'base64');
  }

  async close(): Promise<void> {
    this.socket.close();
    const gone = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async send(method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<Message>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method} is not answered`)), ANSWER_MS);
      this.waiting.set(id, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
    });
    const { session } = this;
    this.socket.send(
      JSON.stringify({ id, method, params, ...(session && { sessionId: session }) }),
    );
    const { result, error } = await answered;
    this.waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
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
