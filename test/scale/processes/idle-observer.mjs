// What the machine does to an event loop that has nothing to do: the noise the others are judged against.
// usage: node idle-observer.mjs <milliseconds>
import { monitorEventLoopDelay } from 'node:perf_hooks';

const [durationMs = '10000'] = process.argv.slice(2);
process.send({ kind: 'ready' });
await new Promise((resolve) => process.once('message', resolve));
const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
await new Promise((resolve) => setTimeout(resolve, Number(durationMs)));
delays.disable();
process.send({ kind: 'noise', delayP99Ms: delays.percentile(99) / 1e6 });
process.disconnect();
