// A machine that stands still (a virtual machine that is suspended, a container that is frozen) ends every wait of a test
// at once when it goes on, however generous its limit: what failed then says nothing about the code.

const TICK_MS = 1_000;
/** No load keeps a process from a timer for so long. */
const STANDSTILL_MS = 30_000;

/** Notices when this process was not run at all for a while, by the clock on the wall. */
export class Standstills {
  /** @readonly */
  #seen = [];

  constructor({ tickMs = TICK_MS, longerThanMs = STANDSTILL_MS } = {}) {
    let lastMs = Date.now();
    const timer = setInterval(() => {
      const nowMs = Date.now();
      if (nowMs - lastMs > longerThanMs) this.#seen.push({ fromMs: lastMs, toMs: nowMs });
      lastMs = nowMs;
    }, tickMs);
    timer.unref();
  }

  /** Those that have ended since then, as `{ fromMs, toMs }`. */
  since(ms) {
    return this.#seen.filter(({ toMs }) => toMs >= ms);
  }
}
