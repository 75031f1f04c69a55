import { beforeEach, describe, expect, it } from '@jest/globals';
import { runInTrace, type Trace } from '#libs/kernel';
import { Tracing, type PastStep } from '#libs/observability';
import { deliveryNote, traceRoom } from './carried-trace.js';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const traceThat = (isRecorded: boolean) => ({ isRecorded, traceparent: TRACEPARENT }) as Trace;

describe('the trace that a push carries', () => {
  let noted: PastStep[];
  let tracing: Tracing;

  beforeEach(() => {
    noted = [];
    tracing = new Tracing({
      begin: () => {
        throw new Error('nothing begins a trace');
      },
      notePast: (step) => noted.push(step),
      stop: () => Promise.resolve(),
    });
  });

  it('is that of the code under way, and none where none is recorded', () => {
    expect(traceRoom()).toBeUndefined();
    expect(runInTrace(traceThat(false), traceRoom)).toBeUndefined();
    expect(runInTrace(traceThat(true), traceRoom)).toBe(`trace:${TRACEPARENT}`);
  });

  it('is gone on with once by a replica that tells its clients, however many', () => {
    const room = runInTrace(traceThat(true), traceRoom) ?? '';
    const noteDelivery = deliveryNote(tracing, new Set(['user:1', room]));
    expect(noted).toEqual([]);
    noteDelivery?.();
    noteDelivery?.();
    expect(noted).toMatchObject([
      { name: 'push delivery', kind: 'consumer', continues: TRACEPARENT },
    ]);
    expect(noted[0]!.endedAt).toBeGreaterThanOrEqual(noted[0]!.startedAt);
  });

  it('is nothing where a message carries none, and where nothing is traced', () => {
    expect(deliveryNote(tracing, new Set(['user:1', 'touched']))).toBeUndefined();
    expect(deliveryNote(new Tracing(), new Set([`trace:${TRACEPARENT}`]))).toBeUndefined();
  });
});
