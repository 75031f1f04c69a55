const file = 'libs/http/src/output/ready-head.ts';
const suites = ['libs/http/src/output/ready-head.spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'ready head: each is put together anew',
    promise: 'ReadyHead: what came out for the first client is kept',
    file,
    replace: [['if (isKept) this.parts = partsOf(head, requestId);', 'partsOf(head, requestId);']],
    suites,
  },
  {
    name: 'ready head: all answers have the id of the first',
    promise: 'ReadyHead: nothing is exchanged but the id of the request and the date',
    file,
    replace: [['${beforeId}${requestId}', '${beforeId}first']],
    suites,
  },
  {
    name: 'ready head: the date stands still',
    promise: 'ReadyHead: nothing is exchanged but the id of the request and the date',
    file,
    replace: [['if (current !== second)', "if (date === '')"]],
    suites,
  },
  {
    name: 'ready head: a client that leaves is told that its connection stays',
    promise: 'ReadyHead: put together anew for a client whose connection does not stay open',
    file,
    replace: [['return response.shouldKeepAlive && ', 'return ']],
    suites,
  },
  {
    name: 'ready head: the last request of a connection is not told so',
    promise: 'ReadyHead: put together anew for a client whose connection does not stay open',
    file,
    replace: [[' && response.maxRequestsOnConnectionReached !== true', '']],
    suites,
  },
  {
    name: 'ready head: a Node.js that keeps it elsewhere sends none',
    promise: 'ReadyHead: where it does not stand in `_header`, it is put together anew',
    file,
    replace: [
      [
        "if (typeof head !== 'string') return undefined;",
        "if (typeof head !== 'string') return { beforeId: '', beforeDate: '', end: '' };",
      ],
    ],
    suites,
  },
];
