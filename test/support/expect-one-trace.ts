import { expect } from '@jest/globals';
import { eventually, type CollectedSpan, type TraceCollector } from '#libs/testing';

/**
 * Expects a trace that leads from a checkout through every role to the mail about its order, to the
 * shopper who watches it and to the staff who are told of it, each at another replica, and lacks nothing.
 */
export async function expectOneTrace(
  collector: TraceCollector,
  patience: { readonly withinMs: number; readonly everyMs: number },
): Promise<void> {
  const checkouts = () =>
    collector.spans
      .filter(({ name }) => /^POST .*checkout/.test(name))
      .map(({ traceId }) => traceId);
  const ofCheckout = (span: CollectedSpan) =>
    span.name === 'job send-mail' && checkouts().includes(span.traceId);
  const lastOfMails = () => collector.spans.findLast(ofCheckout)?.traceId;
  const traceId = await eventually('its mails are traced', lastOfMails, patience);
  // Each replica hands its spans over by itself, so what came first may be told last.
  const isWhole = () => {
    expectWhole(collector.spans.filter((span) => span.traceId === traceId));
    return true;
  };
  await eventually('all of the trace is told', isWhole, patience);
}

function expectWhole(spans: readonly CollectedSpan[]): void {
  const rolesOf = (name: string) =>
    new Set(spans.filter((span) => span.name === name).map(({ service }) => service));
  expect(rolesOf('unit of work')).toEqual(new Set(['lockstep-commerce', 'lockstep-authoring']));
  expect(rolesOf('sql write')).toEqual(new Set(['lockstep-commerce', 'lockstep-authoring']));
  expect(rolesOf('outbox').size).toBeGreaterThan(0);
  expect(rolesOf('job write-order-mail')).toEqual(new Set(['lockstep-authoring']));
  expect(rolesOf('job send-mail')).toEqual(new Set(['lockstep-authoring']));
  const pushed = spans.filter(({ name }) => name === 'push');
  const delivered = spans.filter(({ name }) => name === 'push delivery');
  expect(rolesOf('push delivery')).toEqual(new Set(['lockstep-commerce', 'lockstep-authoring']));
  for (const { parentSpanId, replica } of delivered) {
    const push = pushed.find(({ spanId }) => spanId === parentSpanId);
    expect(push?.replica).toEqual(expect.any(String));
    expect(push?.replica).not.toBe(replica);
  }
  // Whole: every span but the first has its parent among the others.
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(spans.filter(({ parentSpanId }) => !ids.has(parentSpanId))).toMatchObject([
    { name: expect.stringMatching(/^POST .*checkout/), parentSpanId: '' },
  ]);
}
