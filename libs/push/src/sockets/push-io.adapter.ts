import type { INestApplicationContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';
import type { HttpConfig } from '#libs/config';
import type { HealthRegistry } from '#libs/observability';
import type { PushAdapter } from './guarded-delivery.js';
import { refusalOf } from './handshake-policy.js';
import type { PushTransport } from './push-transport.js';

export interface PushIoAdapterOptions {
  readonly transport: PushTransport;
  /** Stands between what the replicas send one another and the sockets of this one. */
  readonly guarded: (adapter: PushAdapter) => PushAdapter;
  /** False for a client that connects too often. */
  readonly mayConnect: (request: IncomingMessage) => boolean;
  readonly http: Pick<HttpConfig, 'corsOrigins'>;
  readonly health: Pick<HealthRegistry, 'phase'>;
}

/** Clients send a handshake and heartbeats, nothing else. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const PING_INTERVAL_MS = 20_000;
const PING_TIMEOUT_MS = 10_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * Socket.IO on the port of the HTTP server, joined to the other replicas. Closing it ends the
 * connections (clients then reconnect elsewhere by themselves) and leaves the HTTP server alone.
 */
export class PushIoAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly options: PushIoAdapterOptions,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const { transport, guarded, mayConnect, http, health } = this.options;
    const createAdapter = transport.createAdapter();
    const all: Partial<ServerOptions> = {
      ...options,
      // Socket.IO calls it with `new`.
      adapter: function adapterOf(namespace) {
        return guarded(createAdapter(namespace));
      },
      serveClient: false,
      transports: ['websocket', 'polling'],
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
      ...(http.corsOrigins.length === 0
        ? {}
        : { cors: { origin: http.corsOrigins.includes('*') ? '*' : [...http.corsOrigins] } }),
      allowRequest: (request, decide) => {
        const refusal =
          health.phase === 'draining'
            ? 'This replica is about to stop'
            : (refusalOf(request, http.corsOrigins) ??
              (mayConnect(request) ? undefined : 'Too many connections in too short a time'));
        decide(refusal, refusal === undefined);
      },
    };
    // Nest asks for a complete set of options; Socket.IO has defaults for the rest.
    return super.createIOServer(port, all as ServerOptions);
  }

  /** Socket.IO's own `close` would close the HTTP server too, before Nest has drained it. */
  override async close(server: Server): Promise<void> {
    // Not `disconnectSockets`: after that clients would not reconnect.
    server.engine.close();
    await server.sockets.adapter.close();
    this.options.transport.release();
  }
}
