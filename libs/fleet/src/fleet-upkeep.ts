import { Injectable } from '@nestjs/common';
import { FleetInspector } from './inspection/fleet-inspector.js';
import { ReplicaRegistry } from './replicas/replica-registry.js';
import { SamplingVerifier } from './verification/sampling-verifier.js';
import { UseRecorder } from './warm-start/use-recorder.js';
import { WarmStart } from './warm-start/warm-start.js';

/** What goes on beside reading and writing, from the start of a replica to its end. */
@Injectable()
export class FleetUpkeep {
  constructor(
    private readonly registry: ReplicaRegistry,
    private readonly inspector: FleetInspector,
    private readonly verifier: SamplingVerifier,
    private readonly recorder: UseRecorder,
    private readonly warmStart: WarmStart,
  ) {}

  /** The replica holds what the fleet uses most, or has tried long enough. */
  get isWarm(): boolean {
    return this.warmStart.isOver;
  }

  start(): void {
    this.inspector.start();
    this.verifier.start();
    this.recorder.start();
  }

  /** Once there is something that answers requests: finished answers are loaded by requests. */
  join(): void {
    this.registry.start();
    void this.warmStart.run();
  }

  /** Before the database is closed. Nothing that needs it begins any more. */
  async leave(): Promise<void> {
    this.warmStart.stop();
    this.verifier.stop();
    await this.recorder.stop();
    await this.registry.stop();
  }

  stop(): void {
    this.inspector.stop();
  }
}
