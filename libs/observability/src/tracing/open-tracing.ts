import type { RuntimeConfig, TracingConfig } from '#libs/config';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { observabilityMetrics } from '../observability.metrics.js';
import type { SpanOutcome } from './span-queue.js';
import { Tracing } from './tracing.js';

const OUTCOMES: readonly SpanOutcome[] = ['sent', 'failed', 'dropped'];

/** The traces of a process. OpenTelemetry is loaded here, and only where traces go to a collector. */
export async function openTracing(
  { collector, ratio }: TracingConfig,
  runtime: RuntimeConfig,
  metrics: Metrics,
  logger: Logger,
): Promise<Tracing> {
  if (collector === undefined) return new Tracing();
  const { OpenTelemetry } = await import('./open-telemetry.js');
  const { traceSpans } = metrics.register(observabilityMetrics);
  for (const outcome of OUTCOMES) traceSpans.inc({ outcome }, 0);
  const tell = reporter(logger);
  return new Tracing(
    new OpenTelemetry({
      collector,
      ratio,
      runtime,
      onOutcome: (outcome, spans, error) => {
        traceSpans.inc({ outcome }, spans);
        tell(outcome, error);
      },
    }),
  );
}

/** One line when the collector stops taking spans, and one when it takes them again. */
function reporter(logger: Logger): (outcome: SpanOutcome, error?: Error) => void {
  let isTaking = true;
  return (outcome, error) => {
    if (outcome === 'dropped' || isTaking === (outcome === 'sent')) return;
    isTaking = outcome === 'sent';
    if (isTaking) logger.info({}, 'the collector takes traces again');
    // Its message may quote what the collector answered.
    else logger.warn({ reason: codeOf(error) }, 'the collector does not take traces');
  };
}

function codeOf(error: Error | undefined): string {
  if (error === undefined) return 'unknown';
  if (!('code' in error)) return error.name;
  const { code } = error;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}
