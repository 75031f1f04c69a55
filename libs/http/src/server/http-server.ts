import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { RuntimeConfig } from '#libs/config';
import { delay, withDeadline } from '#libs/kernel';
import { HealthRegistry, Logger } from '#libs/observability';
import { RequestTracker } from './request-tracker.js';

/** The rest of the time belongs to whatever closes after the last request. */
const DRAIN_SHARE = 0.7;

/**
 * Stops the server in an orderly way: not ready, after the drain delay no new connections, requests under way
 * are answered (bounded), then everything that requests need is closed by the shutdown hooks of the other modules.
 */
@Injectable()
export class HttpServer implements OnModuleDestroy, BeforeApplicationShutdown {
  private isClosing = false;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly runtime: RuntimeConfig,
    private readonly health: HealthRegistry,
    private readonly tracker: RequestTracker,
    private readonly logger: Logger,
  ) {}

  /**
   * Not ready from now on; takes and answers requests for DRAIN_DELAY_MS more, each answer closing its
   * connection, so that whoever sends traffic looks elsewhere before anybody is refused. Resolves at once
   * when there is no delay, or when the replica never took requests.
   */
  async turnAway(): Promise<void> {
    const wasServing = this.health.phase === 'serving';
    this.health.markDraining();
    const { drainDelayMs } = this.runtime;
    if (!wasServing || drainDelayMs === 0) return;
    this.logger.info({ drainDelayMs }, 'not ready, still answering');
    await delay(drainDelayMs);
  }

  /** Idempotent. Open connections are told to close with their next answer. */
  stopAccepting(): void {
    if (this.isClosing) return;
    this.isClosing = true;
    this.health.markDraining();
    const { server } = this;
    if (server.listening) server.close();
    server.closeIdleConnections();
  }

  onModuleDestroy(): void {
    this.stopAccepting();
  }

  async beforeApplicationShutdown(): Promise<void> {
    const boundMs = this.runtime.closeTimeoutMs * DRAIN_SHARE;
    try {
      await withDeadline(this.tracker.whenIdle(), boundMs, 'answering the requests under way');
    } catch (err) {
      this.logger.warn({ err, inFlight: this.tracker.inFlight }, 'requests are cut off');
    }
    // What is left would only hold the stop up: requests past the bound, and connections on which a
    // client began a request and went silent. Upgraded sockets belong to their own adapter.
    this.server.closeAllConnections();
  }

  private get server(): Server {
    return this.adapterHost.httpAdapter.getHttpServer() as Server;
  }
}
