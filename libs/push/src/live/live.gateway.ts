import { Inject } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayInit } from '@nestjs/websockets';
import { LockstepError, type JsonValue } from '#libs/kernel';
import type { WatchAnswer } from '../sockets/push-events.js';
import { pushErrors } from '../push.errors.js';
import { PushServer, type PushIo, type PushSocket } from '../sockets/push-server.js';
import { SocketAdmission } from '../sockets/socket-admission.js';
import { SocketSessions } from '../sockets/socket-sessions.js';
import { LIVE_WISHES, type LiveWishes } from './live-source.js';
import { LiveWatches } from './live-watches.js';

/** The Socket.IO server of shoppers: they say what they watch, and are told when it changes. */
@WebSocketGateway()
export class LiveGateway implements OnGatewayInit<PushIo> {
  constructor(
    private readonly server: PushServer,
    private readonly admission: SocketAdmission,
    private readonly sessions: SocketSessions,
    private readonly watches: LiveWatches,
    @Inject(LIVE_WISHES) private readonly wishes: LiveWishes,
  ) {}

  afterInit(io: PushIo): void {
    io.use((socket, next) => void this.admission.admit(socket).then(next));
    io.on('connection', (socket) => this.connected(socket));
    this.server.attach(io);
  }

  private connected(socket: PushSocket): void {
    this.sessions.connected(socket);
    socket.on('disconnect', () => this.watches.forget(socket));
    socket.on('watch', (wanted, answer) => {
      // Anything may come from a client.
      if (typeof answer !== 'function') return;
      void this.watch(socket, wanted).then(answer);
    });
  }

  private async watch(socket: PushSocket, wanted: JsonValue): Promise<WatchAnswer> {
    try {
      const credential = this.sessions.credentialOf(socket.id);
      if (credential === undefined) throw pushErrors.tokenMissing();
      // It may have ended since it was asked last.
      await credential.confirm();
      const read = () => this.wishes.read(wanted, credential);
      return { things: await this.watches.watch(socket, read) };
    } catch (error) {
      const known =
        error instanceof LockstepError ? error : pushErrors.unavailable({ cause: error });
      const { code, title, status } = known;
      return { error: { code, title, status } };
    }
  }
}
