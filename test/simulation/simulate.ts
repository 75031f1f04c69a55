import { Convergence } from './checker/convergence.js';
import { Checker } from './checker/checker.js';
import type { Violation } from './checker/violation.js';
import { Faults } from './chaos/faults.js';
import { drawProfile, UNCROWDED_LOADS, type Profile } from './chaos/profile.js';
import { Shoppers } from './chaos/shoppers.js';
import { Workload } from './chaos/workload.js';
import { Random } from './engine/random.js';
import { TimedAgenda } from './engine/timed-agenda.js';
import { Trace } from './engine/trace.js';
import { Fleet } from './world/fleet.js';
import { defaultSettings, type Settings } from './world/settings.js';

export interface SimulationOptions {
  readonly seed: number;
  /** Keeps the text of the trace; the hash is there anyway. */
  readonly isRecording?: boolean;
  readonly adjustProfile?: (profile: Profile) => Profile;
  readonly adjustSettings?: (settings: Settings) => Settings;
}

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly hash: string;
  readonly lines: readonly string[];
  readonly events: number;
  readonly answers: number;
  readonly staleAnswers: number;
  readonly orders: number;
}

const SLICE_MS = 500;

/** One run: faults for a while, then none, then everything has to be right. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const random = new Random(options.seed);
  const trace = new Trace(options.isRecording ?? false);
  const agenda = new TimedAgenda(trace);
  const drawn = drawProfile(random);
  const profile = options.adjustProfile?.(drawn) ?? drawn;
  const settings = options.adjustSettings?.(defaultSettings) ?? defaultSettings;
  const checker = new Checker(agenda, defaultSettings, profile.maxLoads < UNCROWDED_LOADS);
  const fleet = new Fleet(agenda, random, profile, settings, checker);
  const workload = new Workload(fleet);
  const shoppers = new Shoppers(fleet);
  const faults = new Faults(fleet);
  faults.onRestored = () => workload.forgetPositions();
  workload.start();
  shoppers.start();
  faults.start();
  const result = (): SimulationResult => ({
    seed: options.seed,
    violations: checker.violations,
    hash: trace.hash,
    lines: trace.lines,
    events: agenda.step,
    answers: checker.answers,
    staleAnswers: checker.staleAnswers,
    orders: checker.orders.placed,
  });
  for (let atMs = SLICE_MS; atMs < profile.durationMs; atMs += SLICE_MS) {
    await agenda.runUntil(atMs);
    await checker.orders.finish();
    if (checker.violations.length > 0) return result();
  }
  workload.end();
  shoppers.end();
  faults.end();
  await new Convergence(agenda, fleet, checker, (place) => shoppers.waitFor(place)).verify();
  await checker.orders.finish();
  return result();
}
