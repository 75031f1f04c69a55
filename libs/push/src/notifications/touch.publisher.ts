import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { PushServer } from '../sockets/push-server.js';

/** So long touches are gathered, so that a busy replica sends few messages. */
const GATHER_MS = 20;
/** In one message; those who are not told look by themselves after a while. */
const MAX_TOPICS = 1_000;

/** Tells the replicas what the units of work of this one have touched. */
@Injectable()
export class TouchPublisher implements OnModuleInit, OnApplicationShutdown {
  private readonly topics = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly server: PushServer,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.unitOfWork.onCommit(({ touched }) => this.gather(touched));
  }

  onApplicationShutdown(): void {
    this.stopListening();
    clearTimeout(this.timer);
  }

  private gather(touched: readonly string[]): void {
    for (const topic of touched) if (this.topics.size < MAX_TOPICS) this.topics.add(topic);
    if (this.topics.size > 0) this.timer ??= setTimeout(() => this.send(), GATHER_MS).unref();
  }

  private send(): void {
    this.timer = undefined;
    const topics = [...this.topics];
    this.topics.clear();
    this.server.touch(topics);
  }
}
