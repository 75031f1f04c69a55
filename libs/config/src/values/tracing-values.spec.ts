import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../configuration-error.js';
import { loadConfig, type Environment } from '../load-config.js';

const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

const load = (environment: Environment) =>
  loadConfig({ REDIS_URL: 'redis://127.0.0.1:6379', ...environment }, 'commerce');

function problemsOf(environment: Environment): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the keys of tracing', () => {
  it('trace nothing unless a collector is named', () => {
    expect(load({ TRACE_RATIO: '1' }).tracing).toEqual({
      collector: undefined,
      ratio: 1,
      continuesCallers: false,
    });
  });

  it('read where traces go to, and with which headers', () => {
    const { tracing } = load({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20a%2Cb, x-tenant=shop',
    });
    expect(tracing.collector).toEqual({
      url: 'https://collector.example/otlp',
      headers: { authorization: 'Bearer a,b', 'x-tenant': 'shop' },
    });
    expect(tracing.ratio).toBe(0.1);
  });

  it.each([
    'collector:4318',
    'grpc://collector:4317',
    'http://hunter2@collector',
    'http://:hunter2@collector',
    'http://collector/?key=hunter2',
  ])('refuse the collector %s, without repeating it', (url) => {
    const problems = problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
    expect(problems).toEqual([expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT: .*must /)]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    'hunter2',
    '=hunter2',
    'a b=hunter2',
    'x=hunter2,',
    'x=hunter2%0d%0ay',
    'x=%hunter2',
    'x=',
  ])('refuse the headers %s, without repeating them', (headers) => {
    const problems = problemsOf({ ...COLLECTOR, OTEL_EXPORTER_OTLP_HEADERS: headers });
    expect(problems).toEqual([expect.stringMatching(/^OTEL_EXPORTER_OTLP_HEADERS: .*its item \d/)]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each(['', '2', '-0.1', '1e-3', '50%', '0,5', 'NaN'])('refuse %s as a share', (ratio) => {
    expect(problemsOf({ TRACE_RATIO: ratio })).toEqual([expect.stringMatching(/^TRACE_RATIO: /)]);
  });
});
