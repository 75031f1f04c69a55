import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#libs/config';
import { currentTrace, runInTrace, traced } from '#libs/kernel';
import { TraceCollector, eventually, inOwnTime } from '#libs/testing';
import { createLogger } from '../logger.js';
import { Metrics } from '../metrics.js';
import { openTracing } from './open-tracing.js';
import type { Tracing } from './tracing.js';

const STRANGER = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const silent = createLogger({ level: 'silent' });

describe('traces', () => {
  let collector: TraceCollector;
  let metrics: Metrics;
  const open: Tracing[] = [];

  beforeEach(async () => {
    collector = await TraceCollector.start();
    metrics = new Metrics();
  });

  afterEach(async () => {
    collector.behaviour = 'take';
    await Promise.all(open.splice(0).map((tracing) => tracing.stop()));
    await collector.stop();
  });

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<Tracing> => {
    const all = { REDIS_URL: 'redis://127.0.0.1', REPLICA_ID: 'one', ...collector.env, ...env };
    const config = loadConfig(all, 'authoring');
    const tracing = await openTracing(config.tracing, config.runtime, metrics, silent);
    open.push(tracing);
    return tracing;
  };

  const spansOf = async (outcome: string): Promise<number> => {
    const { body } = await metrics.render();
    const line = body.split('\n').find((each) => each.includes(`{outcome="${outcome}"}`));
    return Number(line?.split(' ')[1]);
  };

  it('go on from a request through its steps, and with what is done for it later', async () => {
    const tracing = await start({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc' });
    const request = tracing.begin({ name: 'POST /x', kind: 'server' });
    const left = await runInTrace(request!.trace, () =>
      traced(
        () => ({ name: 'unit of work' }),
        async () => {
          currentTrace()?.noteStep({ name: 'sql write', kind: 'client' }, 5);
          return currentTrace()?.traceparent;
        },
      ),
    );
    request?.end({ 'http.response.status_code': 201 });
    const begun = { name: 'job x', kind: 'consumer', continues: left } as const;
    await tracing.trace(
      () => begun,
      async () => undefined,
    );
    const past = { name: 'outbox', startedAt: 1_000, endedAt: 3_000 };
    tracing.notePast(() => ({ ...past, continues: left }));
    tracing.notePast(() => ({ ...past, continues: null }));
    const delivered = { ...past, name: 'push delivery', kind: 'consumer' } as const;
    tracing.notePast(() => ({ ...delivered, continues: left }));
    for (const malformed of ['', 'x'.repeat(100_000), `${left} `, `00-${'0'.repeat(32)}-1-01`]) {
      tracing.notePast(() => ({ ...delivered, continues: malformed }));
    }
    await tracing.stop();
    await eventually('all have arrived', () => collector.spans.length >= 6);

    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(
      new Set([request?.trace.traceId]),
    );
    const idOf = (name: string) => collector.named(name)[0]?.spanId;
    const parents = Object.fromEntries(
      collector.spans.map(({ name, parentSpanId }) => [name, parentSpanId]),
    );
    expect(parents).toEqual({
      'POST /x': '',
      'unit of work': idOf('POST /x'),
      'sql write': idOf('unit of work'),
      'job x': idOf('unit of work'),
      outbox: idOf('unit of work'),
      'push delivery': idOf('unit of work'),
    });
    expect(collector.named('push delivery')).toHaveLength(1);
    expect(collector.named('outbox')).toMatchObject([{ startMs: 1_000, endMs: 3_000 }]);
    expect(collector.named('POST /x')).toMatchObject([
      {
        service: 'lockstep-authoring',
        replica: 'one',
        facts: { 'http.response.status_code': 201 },
      },
    ]);
    expect(collector.headers.authorization).toBe('Bearer abc');
    await eventually('they are counted', async () => (await spansOf('sent')) === 6);
  });

  it('are recorded whole or not at all, wherever they go on', async () => {
    const tracing = await start({ TRACE_RATIO: '0' });
    const request = tracing.begin({ name: 'POST /x', kind: 'server' });
    const left = request?.trace.traceparent;
    expect(left).toMatch(/-00$/);
    runInTrace(request!.trace, () =>
      traced(
        () => {
          throw new Error('a step of nothing is not described');
        },
        () => undefined,
      ),
    );
    tracing.notePast(() => ({ name: 'outbox', continues: left, startedAt: 1, endedAt: 2 }));
    const elsewhere = await start({ TRACE_RATIO: '1' });
    elsewhere.begin({ name: 'job x', kind: 'consumer', continues: left })?.end();
    elsewhere.begin({ name: 'job y', kind: 'consumer', continues: STRANGER })?.end();
    await Promise.all([tracing.stop(), elsewhere.stop()]);
    await eventually('one has arrived', () => collector.spans.length > 0);
    expect(collector.spans.map(({ name }) => name)).toEqual(['job y']);
  });

  it.each([
    'nonsense',
    STRANGER.toUpperCase(),
    STRANGER.replace(/^00/, 'ff'),
    STRANGER.replace(/-[\da-f]{32}-/, `-${'0'.repeat(32)}-`),
    `${STRANGER}-more`,
  ])('begin anew where what they should go on with is %s', async (continues) => {
    const tracing = await start();
    const request = tracing.begin({ name: 'GET /x', kind: 'server', continues });
    expect(request?.trace.traceId).toMatch(/^[\da-f]{32}$/);
    expect(request?.trace.traceId).not.toBe(STRANGER.split('-')[1]);
    request?.end();
  });

  it('tell the kind of an error and nothing of its text', async () => {
    const tracing = await start();
    const failed = tracing.trace(
      () => ({ name: 'job x', kind: 'consumer', mentions: STRANGER }),
      () =>
        traced(
          () => ({ name: 'unit of work' }),
          () => Promise.reject(new RangeError('jane@example.com is not here')),
        ),
    );
    await expect(failed).rejects.toThrow('jane@example.com');
    await tracing.stop();
    // A stop gives up after a second; what it was sending arrives.
    await eventually('both have arrived', () => collector.spans.length === 2);
    expect(collector.spans).toMatchObject([
      { name: 'unit of work', isFailed: true, facts: { 'error.type': 'RangeError' } },
      { name: 'job x', isFailed: true, mentions: [STRANGER.split('-')[1]] },
    ]);
    expect(JSON.stringify(collector.spans)).not.toContain('jane');
  });

  it('take no step any more once they have ended', async () => {
    const tracing = await start();
    const request = tracing.begin({ name: 'GET /x', kind: 'server' });
    request?.end();
    request?.end({ 'http.response.status_code': 500 });
    await runInTrace(request!.trace, () =>
      traced(
        () => ({ name: 'late' }),
        async () => undefined,
      ),
    );
    await tracing.stop();
    await eventually('it has arrived', () => collector.spans.length > 0);
    expect(collector.spans.map(({ name }) => name)).toEqual(['GET /x']);
    expect(collector.spans[0]?.facts).toEqual({});
  });

  it('are dropped and counted, and delay nothing, while the collector hangs', async () => {
    collector.behaviour = 'hang';
    const tracing = await start();
    // Without a pause, so that none of them can wait; what they cost is time of the processor.
    const before = process.cpuUsage();
    for (let count = 0; count < 6_000; count += 1) {
      tracing.begin({ name: 'GET /x', kind: 'server' })?.end();
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
    expect(await spansOf('dropped')).toBe(6_000 - 4_096);
    await eventually('a batch is on its way', () => collector.requests > 0);
    const [, waitedMs] = await inOwnTime(() => tracing.stop());
    expect(waitedMs).toBeLessThan(2_500);
    expect(collector.spans).toEqual([]);
  });

  it('are counted when the collector refuses them, and sent when it takes them again', async () => {
    collector.behaviour = 'refuse';
    const tracing = await start();
    tracing.begin({ name: 'GET /x', kind: 'server' })?.end();
    await eventually('the spans are refused', async () => (await spansOf('failed')) === 1);
    collector.behaviour = 'take';
    tracing.begin({ name: 'GET /y', kind: 'server' })?.end();
    await eventually('the next are sent', async () => (await spansOf('sent')) === 1);
    expect(collector.spans.map(({ name }) => name)).toEqual(['GET /y']);
  });

  it('are nothing where no collector is named', async () => {
    const off = loadConfig({ REDIS_URL: 'redis://127.0.0.1' }, 'commerce');
    const tracing = await openTracing(off.tracing, off.runtime, metrics, silent);
    expect(tracing.isOn).toBe(false);
    expect(tracing.begin({ name: 'GET /x', kind: 'server' })).toBeUndefined();
    const undescribed = () => {
      throw new Error('nothing is described');
    };
    await expect(tracing.trace(undescribed, async () => currentTrace())).resolves.toBeUndefined();
    await expect(tracing.stepOrTrace(undescribed, async () => 1)).resolves.toBe(1);
    tracing.notePast(undescribed);
    expect((await metrics.render()).body).not.toContain('lockstep_trace_spans_total{');
  });
});
