import type {
  BatchSpanProcessorOptions,
  ReadableSpan,
  SpanExporter,
} from '@opentelemetry/sdk-trace';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';

export interface SpanQueueOptions {
  readonly exporter: SpanExporter;
  /** Spans that are held in all, those that are being sent included. */
  readonly maxSpans: number;
  readonly batchSpans: number;
  readonly delayMs: number;
  /** Told of spans that were sent, of those that the collector did not take, and of those there was no room for. */
  readonly onOutcome: (outcome: SpanOutcome, spans: number, error?: Error) => void;
}

export type SpanOutcome = 'sent' | 'failed' | 'dropped';

type Done = Parameters<SpanExporter['export']>[1];

/**
 * Holds spans until they are sent. It never waits and holds no more than `maxSpans`, whatever the collector
 * does: a span that finds no room is dropped, and counted, which the batches of the SDK alone do not.
 */
export class SpanQueue extends BatchSpanProcessor {
  private held = 0;

  constructor(private readonly options: SpanQueueOptions) {
    const { exporter, maxSpans, batchSpans, delayMs } = options;
    const batches: BatchSpanProcessorOptions = {
      exporter: {
        export: (spans, done) => exporter.export(spans, (result) => this.sent(spans, result, done)),
        shutdown: () => exporter.shutdown(),
      },
      maxQueueSize: maxSpans,
      maxExportBatchSize: batchSpans,
      scheduledDelayMillis: delayMs,
    };
    super(batches);
  }

  override onEnd(span: ReadableSpan): void {
    if (this.held >= this.options.maxSpans) {
      this.options.onOutcome('dropped', 1);
      return;
    }
    this.held += 1;
    super.onEnd(span);
  }

  private sent(spans: readonly ReadableSpan[], result: Parameters<Done>[0], done: Done): void {
    this.held -= spans.length;
    if (result.error === undefined) this.options.onOutcome('sent', spans.length);
    else this.options.onOutcome('failed', spans.length, result.error);
    done(result);
  }
}
