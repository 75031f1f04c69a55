import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { eventually } from '#libs/testing';

/**
 * What the server does with a connection. `take`: as it should. `fail`: says that it cannot now. `refuse`: says that it
 * never will. `mute`: does not even greet. `hang`: reads the mail and does not answer. `drip`: reads it, and goes on
 * answering without ever coming to the end of its answer. `drop`: takes the mail and closes without an answer, so
 * the client cannot know.
 */
export type SmtpBehaviour = 'take' | 'fail' | 'refuse' | 'mute' | 'hang' | 'drip' | 'drop';

const DRIP_MS = 50;

/** A mail that the server has read to its end. */
export interface TrappedMail {
  readonly messageId: string;
  /** Of the envelope. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** The client was told that it is taken. */
  readonly isAnswered: boolean;
}

/** A mail server on a socket of its own that a test makes misbehave. It delivers nothing. */
export class SmtpTrap {
  behaviour: SmtpBehaviour = 'take';
  readonly mails: TrappedMail[] = [];
  /** Connections that it was asked for. */
  connections = 0;
  private readonly server: SMTPServer;
  private readonly sockets = new Map<string, Socket>();
  private port = 0;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onConnect: (_session, done) => {
        this.connections += 1;
        if (this.behaviour !== 'mute') done();
      },
      onRcptTo: (_address, _session, done) => {
        if (this.behaviour === 'fail') return done(answer(451, 'not now'));
        if (this.behaviour === 'refuse') return done(answer(550, 'no such person'));
        return done();
      },
      onData: (stream, session, done) => {
        const took = (raw: string): void => {
          const { behaviour } = this;
          const isAnswered = !['drop', 'hang', 'drip'].includes(behaviour);
          const { mailFrom, rcptTo } = session.envelope;
          this.mails.push({
            messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw,
            isAnswered,
          });
          const socket = this.sockets.get(`${session.remotePort}`);
          if (behaviour === 'drop') socket?.destroy();
          else if (behaviour === 'drip' && socket !== undefined) drip(socket);
          else if (isAnswered) done();
        };
        // A client that goes away in the middle of a mail has sent none.
        text(stream).then(took, () => undefined);
      },
    });
    this.server.server.on('connection', (socket: Socket) => {
      this.sockets.set(`${socket.remotePort}`, socket);
      socket.on('error', () => undefined);
    });
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<SmtpTrap> {
    const trap = new SmtpTrap();
    await new Promise<void>((resolve) => {
      trap.server.listen(0, '127.0.0.1', resolve);
    });
    trap.port = (trap.server.server.address() as AddressInfo).port;
    return trap;
  }

  /** What a replica is told to send through it. */
  get env(): Readonly<Record<string, string>> {
    return {
      SMTP_URL: `smtp://127.0.0.1:${this.port}`,
      MAIL_FROM: 'The Shop <shop@example.com>',
    };
  }

  /** The mails to one address, in the order of their coming. */
  to(address: string): TrappedMail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  /** What the mail to an address says that has these words in it, when it has come. */
  mailTo(address: string, words: string): Promise<string> {
    return eventually(`${words} is in a mail`, () =>
      this.to(address)
        .map(decoded)
        .find((mail) => mail.includes(words)),
    );
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.values()) socket.destroy();
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}

/** The text of a mail, of which some characters are written as =XX. */
function decoded({ raw }: TrappedMail): string {
  const bytes = raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A line of an answer that goes on, again and again. */
function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write('250-wait\r\n'), DRIP_MS);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
