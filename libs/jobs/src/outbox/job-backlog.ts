import { Injectable } from '@nestjs/common';
import { OutboxRepository } from './outbox.repository.js';

/** The jobs that are due and not finished. */
export interface BacklogMeasurement {
  readonly dueJobs: number;
  /** How long the oldest that nobody has started has been due. */
  readonly oldestDueMs: number;
}

/** Measures what the workers of the fleet have before them, for those who decide about their number. */
@Injectable()
export class JobBacklog {
  constructor(private readonly outbox: OutboxRepository) {}

  async measure(now: number): Promise<BacklogMeasurement> {
    const { due, oldest } = await this.outbox.backlog(now);
    return { dueJobs: due, oldestDueMs: oldest === null ? 0 : Math.max(0, now - oldest) };
  }
}
