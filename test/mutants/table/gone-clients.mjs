const abandonedLoadsSpec = 'libs/cache/src/core/loads/abandoned-loads.spec.ts';
const clientPresenceSpec = 'libs/http/src/server/client-presence.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'gone clients: a load goes on although its last reader is gone',
    promise: 'CachedReader: a load whose last reader is gone is given up',
    file: 'libs/cache/src/core/loads/load.ts',
    replace: [['        this.events.abandoned(this, gone.reason);\n', '']],
    suites: [abandonedLoadsSpec],
  },
  {
    name: 'gone clients: a load ends with the first of its readers who goes',
    promise: 'CachedReader: a load whose last reader is gone is given up, and no other',
    file: 'libs/cache/src/core/loads/load.ts',
    replace: [['        if (this.waiters > 0) return;\n', '']],
    suites: [abandonedLoadsSpec],
  },
  {
    name: 'gone clients: a load ahead of the expiry ends with a reader who goes',
    promise: 'LoadRegistry: what was begun in the background is wanted by the replica',
    file: 'libs/cache/src/core/loads/load-registry.ts',
    replace: [['    void load?.waitFor(undefined);\n', '']],
    suites: [abandonedLoadsSpec],
  },
  {
    name: 'gone clients: a load that nobody waits for keeps its place in the queue',
    promise: 'LoadTicket: who has left waits no more',
    file: 'libs/cache/src/core/loads/load-ticket.ts',
    replace: [["      else this.refuse(new Error('nobody waits for it any more'));\n", '']],
    suites: [abandonedLoadsSpec],
  },
  {
    name: 'gone clients: their queries stay in the queue',
    promise: 'clientGone: fires when the connection is closed',
    file: 'libs/http/src/server/client-presence.ts',
    replace: [["  else socket.once('close', abort);\n", '']],
    suites: [clientPresenceSpec],
  },
  {
    name: 'gone clients: a stored answer is built on for them',
    promise: 'OutputRequest.audience: fires when the client of the request is gone',
    file: 'libs/cache/src/output/output-cache.ts',
    replace: [['    observer.audience = request.audience;\n', '']],
    suites: [clientPresenceSpec],
  },
  {
    name: 'gone clients: SQL Server works on for them',
    promise: 'PooledReads: one whose caller is gone is cancelled on the server',
    file: 'libs/database/src/mssql/mssql-driver.ts',
    replace: [["    signal.addEventListener('abort', cancel, { once: true });\n", '']],
    suites: ['libs/database/src/mssql/mssql-driver.int-spec.ts'],
  },
];
