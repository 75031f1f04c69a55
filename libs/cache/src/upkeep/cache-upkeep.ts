import type { FleetInspector } from '../fleet/fleet-inspector.js';

/** What goes on beside reading and writing, from the start of a replica to its end. */
export class CacheUpkeep {
  constructor(private readonly inspector: FleetInspector) {}

  start(): void {
    this.inspector.start();
  }

  stop(): void {
    this.inspector.stop();
  }
}
