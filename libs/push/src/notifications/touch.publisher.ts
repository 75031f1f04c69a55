import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { traced } from '#libs/kernel';
import { traceRoom } from '../sockets/carried-trace.js';
import { PushServer } from '../sockets/push-server.js';

/** So long touches are gathered, so that a busy replica sends few messages. */
const GATHER_MS = 20;
/** In all that is gathered; those who are not told look by themselves after a while. */
const MAX_TOPICS = 1_000;
/** Each costs a message of its own; what is touched by more of them is told without its trace. */
const MAX_TRACES = 16;
const UNTRACED = '';

/** Tells the replicas what the units of work of this one have touched. */
@Injectable()
export class TouchPublisher implements OnModuleInit, OnApplicationShutdown {
  /** By the room of the trace that touched them. */
  private readonly topics = new Map<string, Set<string>>();
  private gathered = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly server: PushServer,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.unitOfWork.onCommit(({ touched }) => {
      if (touched.length === 0) return;
      traced(
        () => ({ name: 'push', kind: 'producer', facts: { 'lockstep.topics': touched.length } }),
        () => this.gather(touched, traceRoom() ?? UNTRACED),
      );
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
    clearTimeout(this.timer);
  }

  private gather(touched: readonly string[], trace: string): void {
    const topics = this.topicsOf(trace);
    for (const topic of touched) {
      if (this.gathered >= MAX_TOPICS) break;
      if (!topics.has(topic)) this.gathered += 1;
      topics.add(topic);
    }
    this.timer ??= setTimeout(() => this.send(), GATHER_MS).unref();
  }

  private topicsOf(trace: string): Set<string> {
    const isOneTooMany = this.topics.size >= MAX_TRACES && !this.topics.has(trace);
    const key = isOneTooMany ? UNTRACED : trace;
    const known = this.topics.get(key) ?? new Set();
    this.topics.set(key, known);
    return known;
  }

  private send(): void {
    this.timer = undefined;
    const gathered = [...this.topics];
    this.topics.clear();
    this.gathered = 0;
    for (const [trace, topics] of gathered) {
      this.server.touch([...topics], trace === UNTRACED ? undefined : trace);
    }
  }
}
