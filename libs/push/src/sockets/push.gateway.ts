import { WebSocketGateway, type OnGatewayInit } from '@nestjs/websockets';
import { PushServer, type PushIo, type PushSocket } from './push-server.js';
import { SocketAdmission } from './socket-admission.js';
import { SocketSessions } from './socket-sessions.js';

/** Makes Nest open the Socket.IO server; clients of it only listen. */
@WebSocketGateway()
export class PushGateway implements OnGatewayInit<PushIo> {
  constructor(
    private readonly server: PushServer,
    private readonly admission: SocketAdmission,
    private readonly sessions: SocketSessions,
  ) {}

  afterInit(io: PushIo): void {
    io.use((socket, next) => void this.admit(socket, next));
    io.on('connection', (socket) => this.sessions.connected(socket));
    this.server.attach(io);
  }

  private async admit(socket: PushSocket, next: (refusal?: Error) => void): Promise<void> {
    next(await this.admission.admit(socket));
  }
}
