import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork, type Commit } from '#libs/database';
import { traced } from '#libs/kernel';
import { PushServer } from '../sockets/push-server.js';

/** The fast path of notifications: what a unit of work of this replica committed is pushed at once. */
@Injectable()
export class NotificationPublisher implements OnModuleInit, OnApplicationShutdown {
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly server: PushServer,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.unitOfWork.onCommit((commit) => this.publish(commit));
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  private publish({ notifications }: Commit): void {
    for (const { id, audience, type, payload, createdAt } of notifications) {
      const event = { id, type, payload, createdAt: new Date(createdAt).toISOString() };
      // Its audience may be a person, and its payload is for them.
      traced(
        () => ({ name: 'push', kind: 'producer', facts: { 'lockstep.notification': type } }),
        () => this.server.emit([audience], 'notification', event),
      );
    }
  }
}
