const rules = 'libs/http/src/routes/request-rules.int-spec.ts';
const coded = 'libs/http/src/output/coded-output.int-spec.ts';
const compression = 'libs/http/src/compression/compression.int-spec.ts';
const front = 'libs/http/src/output/output-front.int-spec.ts';
const stop = 'libs/http/src/server/graceful-stop.int-spec.ts';
const openApi = 'libs/http/src/open-api/open-api.int-spec.ts';
const conditional = 'libs/http/src/coherence/conditional-get.spec.ts';
const pages = 'libs/http/src/routes/page.spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'http: the API documents show no refusal of the guard',
    promise: 'docs/openapi: the example of 401 and 403 is what the routes of the role answer',
    file: 'libs/http/src/open-api/open-api-problems.ts',
    replace: [['{ example: refusals?.[status as keyof Refusals], ...answer }', 'answer']],
    suites: [openApi],
  },
  {
    name: 'http: a position of another installation is taken',
    promise: 'docs/cache-coherence.md: C5, a position is of one installation',
    file: 'libs/http/src/coherence/position-gate.ts',
    replace: [['if (other !== installation)', "if (other === '')"]],
    suites: [rules, front],
  },
  {
    name: 'http: a slash more is the same path',
    promise: 'RouteTable: knows a path as the router does',
    file: 'libs/http/src/routes/route-table.ts',
    replace: [['RegExp(`^${source}$`)', 'RegExp(`^${source}/?$`)']],
    suites: ['libs/http/src/routes/route-table.spec.ts'],
    isQuick: true,
  },
  {
    name: 'http: few open files are not said',
    promise: 'docs/operations.md: a replica with fewer than 1,024 open files says so',
    file: 'libs/http/src/server/bootstrap-replica.ts',
    replace: [['limit < FEW_OPEN_FILES) {', 'limit < 0) {']],
    suites: ['libs/http/src/server/open-files.int-spec.ts'],
    needsBuild: true,
  },
  {
    name: 'http: an answer is compressed again for each who asks',
    promise: 'libs/http/README.md: compressed once for all who ask',
    file: 'libs/http/src/output/finished-answer.ts',
    replace: [['        this.body = ownMemory(coded);', '        this.body = undefined;']],
    suites: [coded],
  },
  {
    name: 'http: compressed bytes are not accounted',
    promise: 'libs/http/README.md: compressed bytes count among those of the cache',
    file: 'libs/http/src/output/output-hooks.ts',
    replace: [['if (task !== undefined) this.cache?.reweigh(task);', '']],
    suites: [coded],
  },
  {
    name: 'http: one ETag for all codings',
    promise: 'libs/http/README.md: each coding has its own strong ETag',
    file: 'libs/http/src/compression/content-coding.ts',
    replace: [["etag.startsWith('W/') ? etag :", "etag !== '' ? etag :"]],
    suites: [coded, compression],
  },
  {
    name: 'http: secrets are compressed',
    promise: 'libs/http/README.md: what nobody may keep is sent as it is',
    file: 'libs/http/src/compression/coded-payload.ts',
    replace: [['/no-store|no-transform/iu', '/no-transform/iu']],
    suites: [compression],
  },
  {
    name: 'http: a refused coding is sent',
    promise: 'libs/http/README.md: weights and refusals of Accept-Encoding are heeded',
    file: 'libs/http/src/compression/accept-encoding.ts',
    replace: [['if (weight <= most) continue;', 'if (weight < most) continue;']],
    suites: ['libs/http/src/compression/accept-encoding.spec.ts'],
    isQuick: true,
  },
  {
    name: 'http: a route that declares no access starts',
    promise: 'assertEveryRouteDeclaresAccess: a forgotten decorator must stop the start',
    file: 'libs/http/src/routes/access.ts',
    replace: [
      ['if (access === undefined) undeclared.push(route);', 'if (access === undefined) continue;'],
    ],
    suites: [openApi],
  },
  {
    name: 'http: permissions that nobody asks for',
    promise: 'assertEveryRouteDeclaresAccess: refuses permissions that no guard asks for',
    file: 'libs/http/src/routes/access.ts',
    replace: [['else if (!guarded[access.kind]) unguarded.push(route);', '']],
    suites: [openApi],
  },
  {
    name: 'http: a permission may be any text',
    promise: 'RequirePermission: each written area:entity:action',
    file: 'libs/http/src/routes/access.ts',
    replace: [['if (!PERMISSION.test(permission)) {', "if (permission === '') {"]],
    suites: [openApi],
  },
  {
    name: 'http: other bytes have the same ETag',
    promise: 'etagOfBody: strong, equal only for equal bytes',
    file: 'libs/http/src/coherence/conditional-get.ts',
    replace: [["hash('sha256', body, ", "hash('sha256', '', "]],
    suites: [conditional],
    isQuick: true,
  },
  {
    name: 'http: any tag matches',
    promise: 'matchesEtag: names this ETag',
    file: 'libs/http/src/coherence/conditional-get.ts',
    replace: [['([tag]) => tag === etag', '([tag]) => tag !== undefined']],
    suites: [conditional],
  },
  {
    name: 'http: If-None-Match: * does not match',
    promise: 'matchesEtag: * names every ETag',
    file: 'libs/http/src/coherence/conditional-get.ts',
    replace: [["  if (ifNoneMatch.trim() === '*') return true;\n", '']],
    suites: [conditional],
  },
  {
    name: 'http: who has the bytes gets them again',
    promise: 'sendRepresentation: 304 and no body when the caller has it',
    file: 'libs/http/src/coherence/conditional-get.ts',
    replace: [
      ["  if (matchesEtag(request.headers['if-none-match'], sent)) {", "  if (sent === '') {"],
    ],
    suites: [rules],
  },
  {
    name: 'http: a forged cursor is read',
    promise: 'cursorCodec.decode: throws http.invalid-cursor',
    file: 'libs/http/src/routes/cursor.ts',
    replace: [
      [
        'if (!result.success) throw httpErrors.invalidCursor({ cause: result.error });\n      return result.data;',
        'return result.data as Position;',
      ],
    ],
    suites: [pages],
  },
  {
    name: 'http: a page has one row too many',
    promise: 'PageReader: one more than the page shows, to know whether more follows',
    file: 'libs/http/src/routes/page.ts',
    replace: [['rows.slice(0, limit)', 'rows.slice(0, limit + 1)']],
    suites: [pages],
    isQuick: true,
  },
  {
    name: 'http: a full page always has a next one',
    promise: 'pagedBy: without a next cursor it has ended',
    file: 'libs/http/src/routes/page.ts',
    replace: [['rows.length > limit ?', 'rows.length >= limit ?']],
    suites: [pages],
  },
  {
    name: 'http: a page of any size',
    promise: 'pageFields.limit: 1 to 100',
    file: 'libs/http/src/routes/query-integer.ts',
    replace: [['wholeNumber(1, max).default', 'z.int().default']],
    suites: [pages],
  },
  {
    name: 'http: a request id may be anything',
    promise: 'RequestIds: the one its caller sent, when that is sane',
    file: 'libs/http/src/server/request-id.ts',
    replace: [
      [
        "typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given",
        "typeof given === 'string' ? given",
      ],
    ],
    suites: [rules],
  },
  {
    name: 'http: the request id of the caller is dropped',
    promise: 'RequestIds: one id follows a request through many services',
    file: 'libs/http/src/server/request-id.ts',
    replace: [
      [
        "typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : this.next()",
        'this.next()',
      ],
    ],
    suites: [rules],
  },
  {
    name: 'http: a write does not tell its position',
    promise: 'Lockstep-Position: after a write',
    file: 'libs/http/src/server/request-hooks.ts',
    replace: [
      [
        'if (position !== undefined && this.gate !== undefined) {',
        'if (position !== undefined && this.gate?.installation === undefined) {',
      ],
    ],
    suites: [rules],
  },
  {
    name: 'http: a request does not wait for its position',
    promise: 'Lockstep-Position: a request never sees an older state',
    file: 'libs/http/src/server/request-hooks.ts',
    replace: [['else this.catchUp(header, done);', 'else done();']],
    suites: [rules],
  },
  {
    name: 'http: an answer does not name its replica',
    promise: 'Lockstep-Replica: the replica that answered',
    file: 'libs/http/src/server/request-hooks.ts',
    replace: [['      [REPLICA_HEADER]: this.runtime.replicaId,\n', '']],
    suites: [rules],
  },
  {
    name: 'http: a draining replica keeps its connections',
    promise: 'RequestHooks: connections would keep sending to a replica that is about to go',
    file: 'libs/http/src/server/request-hooks.ts',
    replace: [
      ["    if (this.health.phase === 'draining') void reply.header('connection', 'close');\n", ''],
    ],
    suites: [stop, front],
  },
  {
    name: 'http: a position may be anything',
    promise: 'parsePosition: throws http.invalid-position',
    file: 'libs/http/src/coherence/position-gate.ts',
    replace: [
      [
        'if (!Number.isSafeInteger(position)) throw httpErrors.invalidPosition();',
        'if (!Number.isSafeInteger(position)) return 0;',
      ],
    ],
    suites: [rules],
  },
  {
    name: 'http: a change without If-Match',
    promise: 'parseIfMatch: http.precondition-required when it is absent',
    file: 'libs/http/src/routes/version-etag.ts',
    replace: [
      [
        'if (header === undefined) throw httpErrors.preconditionRequired();',
        'if (header === undefined) return 7;',
      ],
    ],
    suites: [rules],
  },
];
