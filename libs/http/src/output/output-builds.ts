import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OutputCache, type ObtainedOutput, type OutputLife, type OutputRequest } from '#libs/cache';
import { newId } from '#libs/kernel';
import type { CacheOutcome } from '../coherence/cache-status.js';
import type { FinishedAnswer } from './finished-answer.js';
import { KnownRequests, type KnownRequest } from './known-requests.js';

/** What the output cache knows of a request that its handler answers. */
export interface OutputState {
  readonly outcome: CacheOutcome['outcome'];
  /** The request may be the one that builds what is stored. */
  readonly task?: OutputTask;
  /** The request is one of the replica to itself. */
  readonly rebuild?: OutputBuild;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: the answers of the route are not stored, or this one came from memory. */
    lockstepOutput: OutputState | null;
  }
}

/** The building that the answer to this request ends. */
export function buildOf({ lockstepOutput }: FastifyRequest): OutputBuild | undefined {
  return lockstepOutput?.task?.building ?? lockstepOutput?.rebuild;
}

/** The building of one answer: begins when its handler is let through, ends when the handler has answered. */
class OutputBuild {
  readonly finished: Promise<FinishedAnswer | undefined>;
  private resolve: (answer: FinishedAnswer | undefined) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor() {
    this.finished = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.finished.catch(() => undefined); // The caller that started the building learns of it in its own way.
  }

  /** undefined: there is an answer, which may not be stored. */
  answered(answer: FinishedAnswer | undefined): void {
    this.resolve(answer);
  }

  failed(status: number): void {
    this.reject(new Error(`the handler answered ${status}`));
  }
}

/** A request that may be answered from memory. */
export class OutputTask implements OutputRequest<FinishedAnswer> {
  /** Set when this request is the one that builds. */
  building: OutputBuild | undefined;
  /** Settles when it is known what became of the answer. */
  obtained: Promise<ObtainedOutput<FinishedAnswer> | undefined> | undefined;

  constructor(
    private readonly known: KnownRequest,
    private readonly letThrough: () => void,
    readonly rebuild: () => Promise<FinishedAnswer | undefined>,
    readonly audience: () => AbortSignal,
  ) {}

  get id(): string {
    return this.known.id;
  }

  get life(): OutputLife {
    return this.known.route.life;
  }

  build(): Promise<FinishedAnswer | undefined> {
    this.building = new OutputBuild();
    this.letThrough();
    return this.building.finished;
  }
}

/**
 * Builds answers by requests of the replica to itself, in memory: because they have expired, to compare them
 * with what is held, or to have them in time. These requests are told apart from those of clients
 * by their id, which no client can know while they are under way.
 */
@Injectable()
export class OutputBuilds {
  private readonly underWay = new Map<string, OutputBuild | undefined>();
  private instance: FastifyInstance | undefined;

  constructor(
    private readonly known: KnownRequests,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {}

  install(instance: FastifyInstance): void {
    this.instance = instance;
    this.cache?.reviveWith({
      revive: (id) => this.revive(id),
      isSame: (one, other) => one.body.equals(other.body),
    });
  }

  async rebuild(url: string): Promise<FinishedAnswer | undefined> {
    if (this.instance === undefined) throw new Error('not installed');
    const id = newId();
    this.underWay.set(id, undefined);
    try {
      const { statusCode } = await this.instance.inject({ url, headers: { 'x-request-id': id } });
      const build = this.underWay.get(id);
      // Nothing is waited for that will not come: its handler may not have been reached.
      build?.failed(statusCode);
      if (build === undefined) throw new Error(`the request to itself was answered ${statusCode}`);
      return await build.finished;
    } finally {
      this.underWay.delete(id);
    }
  }

  /** The building that a request was made for; undefined for requests of clients. */
  begin(request: FastifyRequest): OutputBuild | undefined {
    if (this.underWay.size === 0 || !this.underWay.has(request.id)) return undefined;
    const build = new OutputBuild();
    this.underWay.set(request.id, build);
    return build;
  }

  /** The request that a kept text came from, made again without a client that asks for it. */
  private revive(id: string): OutputRequest<FinishedAnswer> | undefined {
    const path = id.slice(0, id.indexOf(' '));
    const route = this.known.routes.find(({ url }) => url === path);
    const url = route?.urlOf(id);
    if (route === undefined || url === undefined) return undefined;
    const build = () => this.rebuild(url);
    return { id, life: route.life, build, rebuild: build };
  }
}
