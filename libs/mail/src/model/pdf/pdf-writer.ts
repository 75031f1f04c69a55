import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import { deferred, type Deferred } from '#libs/kernel';
import { mailErrors } from '../mail.errors.js';
import type { PdfReply, PdfRequest, PdfSheet } from './pdf-protocol.js';

const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './pdf-thread.ts' : './pdf-thread.js',
  import.meta.url,
);

export interface PdfLimits {
  /** Documents that wait; more are refused. */
  readonly waiting: number;
  /** For one document. */
  readonly timeoutMs: number;
  readonly memoryMiB: number;
}

const pdfLimits: PdfLimits = { waiting: 32, timeoutMs: 10_000, memoryMiB: 192 };

interface Wanted {
  readonly sheet: PdfSheet;
  readonly answer: Deferred<Buffer>;
}

/**
 * Makes PDFs on a thread of its own, one after the other: what a document costs (about 0.1 s) is never the event
 * loop's. A document that takes longer than 10 s, or more memory than it may have, ends the thread
 * and fails alone; the next one gets a new thread.
 */
@Injectable()
export class PdfWriter implements OnModuleDestroy {
  protected readonly limits: PdfLimits = pdfLimits;
  private thread: Worker | undefined;
  private readonly waiting: Wanted[] = [];
  private current: (Wanted & { readonly id: number; readonly timer: NodeJS.Timeout }) | undefined;
  private lastId = 0;
  private isClosed = false;

  /** Throws `mail.pdf-busy` when too many wait, and `mail.pdf-failed`. The same sheet gives the same bytes. */
  write(sheet: PdfSheet): Promise<Buffer> {
    if (this.isClosed || this.waiting.length >= this.limits.waiting) {
      return Promise.reject(mailErrors.pdfBusy({ retryAfterSeconds: 1 }));
    }
    const answer = deferred<Buffer>();
    this.waiting.push({ sheet, answer });
    this.next();
    return answer.promise;
  }

  async onModuleDestroy(): Promise<void> {
    this.isClosed = true;
    for (const { answer } of this.waiting.splice(0)) answer.reject(mailErrors.pdfBusy());
    const { thread } = this;
    this.lose('the replica stops');
    await thread?.terminate();
  }

  private next(): void {
    if (this.current !== undefined) return;
    const wanted = this.waiting.shift();
    if (wanted === undefined) return;
    this.lastId += 1;
    const id = this.lastId;
    const timer = setTimeout(() => this.lose('it took too long'), this.limits.timeoutMs);
    this.current = { ...wanted, id, timer };
    this.thread ??= this.start();
    this.thread.postMessage({ id, sheet: wanted.sheet } satisfies PdfRequest);
  }

  private start(): Worker {
    const thread = new Worker(ENTRY, {
      // It reads no configuration, and takes none of the flags of the process.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMiB },
    });
    // What keeps the process alive is a document under way, by its timer.
    thread.unref();
    thread.on('message', (reply: PdfReply) => this.answered(reply));
    const lose = (reason: string) => {
      if (this.thread === thread) this.lose(reason);
    };
    thread.on('error', (error: Error) => lose(error.message));
    thread.on('exit', () => lose('the thread ended'));
    return thread;
  }

  private answered(reply: PdfReply): void {
    const { current } = this;
    // A thread that was given up may still answer.
    if (current === undefined || current.id !== reply.id) return;
    clearTimeout(current.timer);
    this.current = undefined;
    if ('bytes' in reply) current.answer.resolve(Buffer.from(reply.bytes));
    else current.answer.reject(mailErrors.pdfFailed({ message: reply.message }));
    this.next();
  }

  /** Gives up the thread, and what it was making. */
  private lose(message: string): void {
    const { current, thread } = this;
    this.thread = undefined;
    this.current = undefined;
    void thread?.terminate();
    if (current !== undefined) {
      clearTimeout(current.timer);
      current.answer.reject(mailErrors.pdfFailed({ message }));
    }
    if (!this.isClosed) this.next();
  }
}
