const sessions = 'libs/push/src/sockets/socket-sessions.ts';
const suites = ['libs/push/src/sockets/socket-sessions.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'a connection that cannot be confirmed stays for ever',
    promise: 'SocketSessions: closed when nobody can tell whether its credential still counts',
    file: sessions,
    replace: [["        this.close(session, 'unconfirmed');\n", '']],
    suites,
  },
  {
    name: 'a connection that cannot be confirmed is closed at once',
    promise: 'SocketSessions: so long a connection stays open while nobody can tell',
    file: sessions,
    replace: [['const MAX_UNCONFIRMED_MS = 30_000;', 'const MAX_UNCONFIRMED_MS = 1;']],
    suites,
  },
  {
    name: 'a connection counts its half minute from the start',
    promise: 'SocketSessions: confirmed again all the time',
    file: sessions,
    replace: [
      [
        '      session.confirmedAtMs = this.clock.monotonicMs();\n      this.follow',
        '      this.follow',
      ],
    ],
    suites,
  },
  {
    name: 'a connection hears what it was allowed a moment ago',
    promise: 'SocketSessions: what the credential does not allow any more is withheld',
    file: sessions,
    replace: [['() => session.rooms.some((room) => rooms.has(room))', '() => rooms.size > 0']],
    suites,
  },
  {
    name: 'a connection hears events while it cannot be confirmed',
    promise: 'SocketSessions: what cannot be confirmed is withheld',
    file: sessions,
    replace: [
      [
        'if (!isConfirmed) this.metrics',
        'if (!isConfirmed) send();\n      else if (session.undelivered < 0) this.metrics',
      ],
    ],
    suites,
  },
];
