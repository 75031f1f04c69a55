const cachedOutputSpec = 'libs/http/src/output/cached-output.int-spec.ts';
const cachedRouteSpec = 'libs/http/src/output/cached-route.spec.ts';
const outputFrontSpec = 'libs/http/src/output/output-front.int-spec.ts';
const knownRequestsSpec = 'libs/http/src/output/known-requests.spec.ts';
const outputHooksFile = 'libs/http/src/output/output-hooks.ts';
const cachedRouteFile = 'libs/http/src/output/cached-route.ts';
const outputFrontFile = 'libs/http/src/output/output-front.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'http: an answer is shared with who says who they are',
    promise: 'CachedOutput: requests with credentials or cookies are answered by the handler',
    file: outputHooksFile,
    replace: [
      [
        'return headers.authorization === undefined && headers.cookie === undefined;',
        'return headers !== undefined;',
      ],
    ],
    suites: [cachedOutputSpec],
  },
  {
    name: 'http: an answer with a cookie is shared',
    promise: 'CachedOutput: requests with credentials or cookies are answered by the handler',
    file: outputHooksFile,
    replace: [[' && headers.cookie === undefined', '']],
    suites: [cachedOutputSpec],
  },
  {
    name: 'http: a personal answer is stored',
    promise: 'CachedOutput: the handler says itself who may keep its answer',
    file: outputHooksFile,
    replace: [['reply.statusCode === 200 && !isPersonal(reply)', 'reply.statusCode === 200']],
    suites: [cachedOutputSpec],
  },
  {
    name: 'http: an error is stored',
    promise: 'CachedOutput: what is not a 200 is answered by the handler',
    file: outputHooksFile,
    replace: [['reply.statusCode === 200 && !isPersonal', '!isPersonal']],
    suites: [cachedOutputSpec],
  },
  {
    name: 'http: an answer does not say what it is made of',
    promise: 'FinishedAnswer: surrogate-key',
    file: 'libs/http/src/output/finished-answer.ts',
    replace: [['      ...(names === undefined ? {} : { [tagHeader.name]: names }),\n', '']],
    suites: [cachedOutputSpec],
  },
  {
    name: 'http: answers are told apart by the text of the query',
    promise: 'CachedRoute: order does not count, defaults are filled in',
    file: cachedRouteFile,
    replace: [['? undefined : result.value;', '? undefined : query;']],
    suites: [cachedRouteSpec],
  },
  {
    name: 'http: two parameters of a path are one',
    promise: 'CachedRoute: made of what the handler is given',
    file: cachedRouteFile,
    replace: [['${this.url} ${path}${search}', '${this.url} ${search}']],
    suites: [cachedRouteSpec],
  },
  {
    name: 'http: an answer from memory is older than its caller',
    promise: 'OutputFront: not older than the position its caller has seen',
    file: outputFrontFile,
    replace: [
      [
        'return position !== undefined && this.gate.hasReached(position);',
        'return position !== undefined;',
      ],
    ],
    suites: [outputFrontSpec],
  },
  {
    name: 'http: an answer from memory keeps the connection of a draining replica',
    promise: 'OutputFront: the answers of a replica that is about to go close their connections',
    file: outputFrontFile,
    replace: [[" || this.health.phase === 'draining'", '']],
    suites: [outputFrontSpec],
  },
  {
    name: 'http: an answer from memory is not counted',
    promise: 'OutputFront: counted like every other',
    file: outputFrontFile,
    replace: [['    known.route.sentAhead[isNotModified ? 304 : 200] += 1;\n', '']],
    suites: [outputFrontSpec],
  },
  {
    name: 'http: a stop does not wait for an answer from memory',
    promise: 'OutputFront: under way until a slow client has taken it',
    file: outputFrontFile,
    replace: [
      ['    if (!response.writableFinished) this.tracker.beginOnConnection(response);\n', ''],
    ],
    suites: [outputFrontSpec],
  },
  {
    name: 'http: known requests pile up',
    promise: 'KnownRequests: stays bounded',
    file: 'libs/http/src/output/known-requests.ts',
    replace: [['if (this.recent.size >= MAX_REMEMBERED) {', 'if (this.recent.size < 0) {']],
    suites: [knownRequestsSpec],
    isQuick: true,
  },
  {
    name: 'http: a request that is asked for is forgotten',
    promise: 'KnownRequests: what is asked for often is never forgotten',
    file: 'libs/http/src/output/known-requests.ts',
    replace: [['    if (former !== undefined) this.remember(url, former);\n', '']],
    suites: [knownRequestsSpec],
  },
  {
    name: 'http: a request is made again under another name',
    promise: 'CachedRoute.urlOf: leads back to a URL that has this text',
    file: cachedRouteFile,
    replace: [
      [
        'if (path === undefined || this.keyOf({ params, query: parse(search) }) !== key) {',
        'if (path === undefined || parse === null) {',
      ],
    ],
    suites: [cachedRouteSpec],
  },
  {
    name: 'http: a value of a path climbs',
    promise: 'CachedRoute.urlOf: some values (..) are not taken as values of a path',
    file: cachedRouteFile,
    replace: [
      [
        "return new URL(filled, 'http://localhost').pathname === filled ? filled : undefined;",
        'return filled;',
      ],
    ],
    suites: [cachedRouteSpec],
  },
];
