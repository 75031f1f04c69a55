import type { Violation } from '../checker/violation.js';
import { keyOf, type FleetState } from './fleet/fleet-state.js';
import type { ExploredFleet } from './fleet/explored-fleet.js';
import type { FleetEvent, FleetEventKind } from './fleet/fleet-event.js';

/** Choices from the start, each a place in the list of what was possible. */
export type Path = readonly number[];

export interface Finding {
  readonly violation: Violation;
  readonly path: Path;
}

export interface Exploration {
  /** Complete ones; what was found first ends the exploration, and then only part of them is counted. */
  readonly interleavings: bigint;
  readonly states: number;
  /** Events out of all states. */
  readonly transitions: number;
  /** Events that production code worked off. */
  readonly performed: number;
  readonly longest: number;
  readonly kinds: ReadonlySet<FleetEventKind>;
  readonly finding: Finding | undefined;
}

interface Frame {
  readonly state: FleetState;
  readonly key: string;
  readonly events: readonly FleetEvent[];
  /** The next to take; those before it are done, except the last, which is being explored. */
  next: number;
  /** Interleavings from here on, as far as they are explored. */
  interleavings: bigint;
}

/** Longer than an interleaving of any scenario: something goes on for ever. */
const MAX_EVENTS = 200;

/**
 * Takes every event in every state that can be reached, each once, and counts the paths: the
 * interleavings from a state are the sum over its events of those from where they lead.
 *
 * Why nothing is missed although most interleavings are not walked by themselves: what an event does,
 * what it answers and whether that is right depend on nothing but the event and what the key of the
 * state holds (see `keyOf`). So an interleaving that breaks a promise does so in a transition, or in an
 * end, that leads from some key; every transition and every end of every key is looked at. The graph
 * has no circle, because every event uses something up, so the sum is exact.
 *
 * Stateless search (Godefroid, "Model Checking for Programming Languages using VeriSoft", 1997) runs
 * the program itself along choices instead of a model of it, from the start for each. Here too, but the
 * states that were seen are kept, which is possible because they have exact keys. Nothing else is
 * left out: no order of events is taken for another that it only resembles.
 */
export class Explorer {
  private readonly seen = new Map<string, bigint>();
  private readonly frames: Frame[] = [];
  private readonly kinds = new Set<FleetEventKind>();
  private transitions = 0;
  private longest = 0;

  constructor(private readonly fleet: ExploredFleet) {}

  async explore(): Promise<Exploration> {
    const { frames, fleet } = this;
    const root = this.frame(fleet.initial, keyOf(fleet.initial));
    frames.push(root);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const event = frame.events[frame.next];
      if (event === undefined) {
        const found = frame.events.length === 0 ? await this.endOf(frame) : undefined;
        if (found !== undefined) return this.result(root, found);
        this.close(frame);
        continue;
      }
      frame.next += 1;
      this.transitions += 1;
      this.kinds.add(event.kind);
      const step = fleet.next(frame.state, event);
      const { to, violations } = step instanceof Promise ? await step : step;
      const [violation] = violations;
      if (violation !== undefined) return this.result(root, violation);
      const key = keyOf(to);
      const known = this.seen.get(key);
      if (known === undefined) frames.push(this.frame(to, key));
      else frame.interleavings += known;
      if (frames.length > MAX_EVENTS) {
        return this.result(root, { rule: 'availability', detail: 'it goes on for ever' });
      }
    }
    return this.result(root, undefined);
  }

  private frame(state: FleetState, key: string): Frame {
    return { state, key, events: this.fleet.enabled(state), next: 0, interleavings: 0n };
  }

  private async endOf(frame: Frame): Promise<Violation | undefined> {
    frame.interleavings = 1n;
    this.longest = Math.max(this.longest, this.frames.length - 1);
    return (await this.fleet.end(frame.state))[0];
  }

  private close(frame: Frame): void {
    this.seen.set(frame.key, frame.interleavings);
    this.frames.pop();
    const parent = this.frames.at(-1);
    if (parent !== undefined) parent.interleavings += frame.interleavings;
  }

  private result(root: Frame, violation: Violation | undefined): Exploration {
    const { seen, frames, transitions, longest, kinds, fleet } = this;
    const path = frames.filter(({ next }) => next > 0).map(({ next }) => next - 1);
    return {
      interleavings: root.interleavings,
      states: seen.size + frames.length,
      transitions,
      performed: fleet.performed,
      longest,
      kinds,
      finding: violation === undefined ? undefined : { violation, path },
    };
  }
}
