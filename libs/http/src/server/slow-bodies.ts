import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { RuntimeConfig } from '#libs/config';
import { systemClock } from '#libs/kernel';
import { Logger } from '#libs/observability';
import { httpErrors } from '../errors/http.errors.js';
import { refuseOnSocket } from '../errors/socket-problems.js';

const GRACE_MS = 10_000;
/** Slower than any connection people shop or work with; a body of 256 KiB takes a minute with it. */
const MIN_BYTES_PER_SECOND = 4_096;
const LOOK_EVERY_MS = 1_000;

interface OpenBody {
  readonly request: IncomingMessage;
  /** Bytes that had arrived on the connection when the body began. */
  readonly bytesBefore: number;
  /** Later by the time in which this replica itself did not read. */
  beganAtMs: number;
}

/**
 * Cuts off bodies that trickle in, so that a few clients cannot hold connections, memory and the time of
 * a drain: after ten seconds a body must have come with 4 KiB a second on average, or the connection is
 * answered 408 `http.too-slow` and closed. While the replica itself is what does not read (the
 * buffer of the request is full), the clock stands still.
 */
@Injectable()
export class SlowBodies implements OnModuleDestroy {
  private readonly open = new Set<OpenBody>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly logger: Logger,
  ) {}

  /** Must be called before the routes are registered. */
  install(instance: FastifyInstance): void {
    instance.addHook('onRequest', (request, _reply, done) => {
      if (hasBody(request.raw)) this.watch(request.raw);
      done();
    });
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private watch(request: IncomingMessage): void {
    const body = {
      request,
      bytesBefore: request.socket.bytesRead,
      beganAtMs: systemClock.monotonicMs(),
    };
    this.open.add(body);
    const forget = () => this.open.delete(body);
    request.once('end', forget).once('close', forget);
  }

  private look(): void {
    const now = systemClock.monotonicMs();
    for (const body of this.open) {
      const { request, bytesBefore } = body;
      if (request.readableLength >= request.readableHighWaterMark) body.beganAtMs += LOOK_EVERY_MS;
      const lateMs = now - body.beganAtMs - GRACE_MS;
      const arrived = request.socket.bytesRead - bytesBefore;
      if (lateMs <= 0 || arrived >= (lateMs / 1_000) * MIN_BYTES_PER_SECOND) continue;
      this.open.delete(body);
      this.logger.info(
        { arrived, remoteAddress: request.socket.remoteAddress },
        'a body came too slowly',
      );
      refuseOnSocket(request.socket, httpErrors.tooSlow(), this.runtime.replicaId);
    }
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
