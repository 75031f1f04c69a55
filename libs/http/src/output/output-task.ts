import type { FastifyRequest } from 'fastify';
import type { ObtainedOutput, OutputLife, OutputRequest } from '#libs/cache';
import type { FinishedAnswer } from './finished-answer.js';
import type { KnownRequest } from './known-requests.js';

/** Builds an answer by a request of the replica to itself. */
export interface OutputRebuilder {
  rebuild(url: string): Promise<FinishedAnswer | undefined>;
}

/** The building of one answer: begins when its handler is let through, ends when the handler has answered. */
export class OutputBuild {
  readonly finished: Promise<FinishedAnswer | undefined>;
  private resolve: (answer: FinishedAnswer | undefined) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor() {
    this.finished = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.finished.catch(() => undefined); // Whoever started the building has its own way to learn of it.
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
    private readonly request: FastifyRequest,
    private readonly letThrough: () => void,
    private readonly rebuilder: OutputRebuilder,
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

  rebuild(): Promise<FinishedAnswer | undefined> {
    return this.rebuilder.rebuild(this.request.raw.url ?? '');
  }
}
