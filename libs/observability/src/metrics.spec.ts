import { describe, expect, it } from '@jest/globals';
import { defineMetrics } from './metric-definitions.js';
import { Metrics } from './metrics.js';

const testMetrics = defineMetrics({
  sold: { type: 'counter', name: 'test_sold_total', help: 'Sold.', labels: ['kind'] },
  depth: { type: 'gauge', name: 'test_depth', help: 'Depth.' },
  wait: { type: 'histogram', name: 'test_wait_seconds', help: 'Wait.', buckets: [0.1, 1] },
});

describe('Metrics', () => {
  it('counts what a lib has declared', async () => {
    const metrics = new Metrics();
    const { sold, wait } = metrics.register(testMetrics);
    sold.inc({ kind: 'tyre' }, 2);
    wait.observe(0.5);
    const { body, contentType } = await metrics.render();
    expect(contentType).toContain('text/plain');
    expect(body).toContain('test_sold_total{kind="tyre"} 2');
    expect(body).toContain('test_wait_seconds_bucket{le="1"} 1');
  });

  it('answers the same metrics for the same definitions', () => {
    const metrics = new Metrics();
    expect(metrics.register(testMetrics).sold).toBe(metrics.register(testMetrics).sold);
  });

  it('refuses one name for two definitions', () => {
    const metrics = new Metrics();
    metrics.register(testMetrics);
    const other = defineMetrics({ x: { type: 'gauge', name: 'test_depth', help: 'Other.' } });
    expect(() => metrics.register(other)).toThrow(/already been registered/);
  });

  it('puts the labels of the process on every series', async () => {
    const metrics = new Metrics();
    metrics.labelAll({ role: 'commerce' });
    metrics.register(testMetrics).sold.inc({ kind: 'tyre' });
    const { body } = await metrics.render();
    expect(body).toContain('test_sold_total{kind="tyre",role="commerce"} 1');
  });

  it('leaves out a collector that hangs', async () => {
    const metrics = new Metrics();
    metrics.register(testMetrics, { depth: () => new Promise(() => undefined) });
    const { body } = await metrics.render();
    expect(body).toContain('lockstep_metrics_collect_failures_total 1');
  });

  it('asks collectors when read, and leaves out one that fails', async () => {
    const metrics = new Metrics();
    metrics.register(testMetrics, { depth: (gauge) => gauge.set(7) });
    const broken = defineMetrics({ x: { type: 'gauge', name: 'test_x', help: 'X.' } });
    metrics.register(broken, {
      x: () => {
        throw new Error('no connection');
      },
    });
    const { body } = await metrics.render();
    expect(body).toContain('test_depth 7');
    expect(body).toContain('lockstep_metrics_collect_failures_total 1');
  });
});
