import type { JobContext } from '#authoring/jobs';
import type { UnitOfWork } from '#libs/database';
import type { JsonObject } from '#libs/kernel';

/** What a handler is given by the runtime, without the runtime: every step runs, and runs once. */
export function jobContextOn(unitOfWork: UnitOfWork): JobContext & { result: JsonObject | void } {
  const steps = new Set<string>();
  const context: JobContext & { result: JsonObject | void } = {
    id: 'job',
    attempt: 1,
    requestedBy: undefined,
    lastProgress: undefined,
    signal: new AbortController().signal,
    result: undefined,
    progress: () => undefined,
    step: async (name, work) => {
      if (steps.has(name)) return false;
      await unitOfWork.run(work);
      steps.add(name);
      return true;
    },
    findLastStep: async (prefix = '') =>
      [...steps]
        .filter((name) => name.startsWith(prefix))
        .sort()
        .at(-1),
    complete: async (work) => {
      context.result = work === undefined ? undefined : await unitOfWork.run(work);
    },
  };
  return context;
}
