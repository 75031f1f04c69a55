const conditionalGetSpec = 'libs/http/src/coherence/conditional-get.spec.ts';
const requestRulesSpec = 'libs/http/src/routes/request-rules.int-spec.ts';
const pageSpec = 'libs/http/src/routes/page.spec.ts';
const problemJsonSpec = 'libs/http/src/errors/problem-json.int-spec.ts';
const clientsAsTheyAreSpec = 'libs/http/src/server/clients-as-they-are.int-spec.ts';
const gracefulStopSpec = 'libs/http/src/server/graceful-stop.int-spec.ts';
const routeTableSpec = 'libs/http/src/routes/route-table.spec.ts';
const versionEtagFile = 'libs/http/src/routes/version-etag.ts';
const replicaAppFile = 'libs/http/src/server/replica-app.ts';
const uploadedFileFile = 'libs/http/src/routes/uploaded-file.ts';
const httpServerFile = 'libs/http/src/server/http-server.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'http: nothing is the number 0 in a query',
    promise: 'queryInteger: written in digits and in no other way',
    file: 'libs/http/src/routes/query-integer.ts',
    replace: [["typeof given === 'string' && /^-?\\d+$/.test(given)", "typeof given === 'string'"]],
    suites: ['libs/http/src/routes/query-integer.spec.ts'],
    isQuick: true,
  },
  {
    name: 'http: letters of another encoding are read all the same',
    promise: 'readJson: what is not UTF-8 is refused',
    file: replicaAppFile,
    replace: [['!isUtf8(bytes)', 'false']],
    suites: [problemJsonSpec],
  },
  {
    name: 'http: a weak tag does not match',
    promise: 'matchesEtag: weak comparison, RFC 9110 13.1.2',
    file: 'libs/http/src/coherence/conditional-get.ts',
    replace: [['/"[^"]*"/g', '/(?<!W\\/)"[^"]*"/g']],
    suites: [conditionalGetSpec],
  },
  {
    name: 'http: a cursor of another alphabet is read',
    promise: 'cursorCodec.decode: anything encode cannot have made',
    file: 'libs/http/src/routes/cursor.ts',
    replace: [[' || !/^[A-Za-z0-9_-]+$/.test(cursor)', '']],
    suites: [pageSpec],
  },
  {
    name: 'http: a body that is too large is a defect',
    promise: 'docs/errors.md: http.body-too-large',
    file: 'libs/http/src/errors/normalize-error.ts',
    replace: [["  413: 'bodyTooLarge',\n", '']],
    suites: [problemJsonSpec],
  },
  {
    name: 'http: an If-Match that is none',
    promise: 'parseIfMatch: http.invalid-precondition when it is anything else',
    file: versionEtagFile,
    replace: [['if (Number.isNaN(version)) throw httpErrors.invalidPrecondition();', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: an If-Match that a proxy has changed',
    promise: 'parseIfMatch: what proxies that compress make of it',
    file: versionEtagFile,
    replace: [['(?:[-;](?:gzip|br|zstd|deflate))?', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: a weak If-Match is refused',
    promise: 'parseIfMatch: its weak form names the same version',
    file: versionEtagFile,
    replace: [['/^(?:W\\/)?"', '/^"']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: an answer has no ETag of its version',
    promise: 'VersionedAnswer: the ETag of the version that the body carries',
    file: versionEtagFile,
    replace: [
      ["        if (hasVersion(body)) void reply.header('etag', etagOf(body.version));\n", ''],
    ],
    suites: [requestRulesSpec],
  },
  {
    name: 'http: an empty body of JSON is malformed',
    promise: 'takeEmptyJson: nothing is then what they send',
    file: replicaAppFile,
    replace: [
      ["      if (body === '') done(null, undefined);\n      else void parse", '      void parse'],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: plain text is taken',
    promise: 'configureHttp: JSON is all that is understood',
    file: replicaAppFile,
    replace: [["  instance.removeContentTypeParser('text/plain');\n", '']],
    suites: [problemJsonSpec],
  },
  {
    name: 'http: a URL that cannot be read has no request id',
    promise: 'sendFrameworkError: like every other error',
    file: replicaAppFile,
    replace: [["      'x-request-id': request.id,\n", '']],
    suites: [problemJsonSpec],
  },
  {
    name: 'http: a page of another origin cannot read what the router refuses',
    promise: 'crossOriginHeaders: lets a page of another origin read an error',
    file: replicaAppFile,
    replace: [['      ...crossOriginHeaders(http, request.headers.origin),\n', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: every origin may read',
    promise: 'crossOriginHeaders: the origins of CORS_ORIGINS',
    file: 'libs/http/src/server/cross-origin.ts',
    replace: [['  if (!isAnybody && !corsOrigins.includes(origin)) return {};\n', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: a page cannot read the position',
    promise: 'CORS: exposed headers',
    file: 'libs/http/src/server/cross-origin.ts',
    replace: [['    exposedHeaders: EXPOSED_HEADERS,\n', '']],
    suites: [requestRulesSpec, clientsAsTheyAreSpec],
  },
  {
    name: 'http: OPTIONS does not name the methods',
    promise: 'answerOptions: 204 and Allow',
    file: 'libs/http/src/server/options-requests.ts',
    replace: [[".header('allow', allowed.join(', '))", '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: OPTIONS of an unknown path',
    promise: 'answerOptions: http.route-not-found',
    file: 'libs/http/src/server/options-requests.ts',
    replace: [
      ['if (allowed.length === 0) done(httpErrors.routeNotFound());\n    else void', 'void'],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: a body that trickles in is waited for',
    promise: 'SlowBodies: cut off after ten seconds',
    file: 'libs/http/src/server/slow-bodies.ts',
    replace: [
      ['      refuseOnSocket(request.socket, httpErrors.tooSlow(), this.runtime.replicaId);\n', ''],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: any upgrade is waited for',
    promise: 'shouldUpgradeCallback: an offer that need not be taken up',
    file: replicaAppFile,
    replace: [
      [
        "        headers.upgrade?.toLowerCase() === 'websocket',",
        '        headers.upgrade !== undefined,',
      ],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: half of a file passes for the whole',
    promise: 'wholeOf: no part of a file passes for the whole',
    file: uploadedFileFile,
    replace: [['  if (file.truncated) throw httpErrors.uploadTooLarge();\n', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: what is wrong with an upload is a defect',
    promise: 'withUploadedFile: http.bad-request for one that is no multipart',
    file: uploadedFileFile,
    replace: [
      [
        'const part = await request.file().catch(asClientError);',
        'const part = await request.file();',
      ],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: an upload of another kind',
    promise: 'withUploadedFile: http.unsupported-media-type',
    file: 'libs/http/src/errors/normalize-error.ts',
    replace: [["  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupportedMediaType',\n", '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: a header that is too large is malformed',
    promise: 'refuseUnreadable: http.headers-too-large',
    file: 'libs/http/src/errors/socket-problems.ts',
    replace: [['  HPE_HEADER_OVERFLOW: () => httpErrors.headersTooLarge(),\n', '']],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: what is no HTTP gets no answer',
    promise: 'refuseUnreadable: answers like every other error',
    file: 'libs/http/src/errors/socket-problems.ts',
    replace: [
      [
        "if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy(error);",
        "if (error.code !== '') socket.destroy(error);",
      ],
    ],
    suites: [clientsAsTheyAreSpec],
  },
  {
    name: 'http: a stop does not wait for answers',
    promise: 'HttpServer: requests under way are answered',
    file: httpServerFile,
    replace: [
      [
        "await withDeadline(this.tracker.whenIdle(), boundMs, 'answering the requests under way');",
        '',
      ],
    ],
    suites: [gracefulStopSpec],
  },
  {
    name: 'http: a stop waits for ever',
    promise: 'HttpServer: requests under way are answered (bounded)',
    file: httpServerFile,
    replace: [
      [
        "await withDeadline(this.tracker.whenIdle(), boundMs, 'answering the requests under way');",
        'await this.tracker.whenIdle();',
      ],
    ],
    suites: [gracefulStopSpec],
  },
  {
    name: 'http: a stopping replica takes connections',
    promise: 'HttpServer: no new connections',
    file: httpServerFile,
    replace: [['    if (server.listening) server.close();\n', '']],
    suites: [gracefulStopSpec],
  },
  {
    name: 'http: requests are counted by path',
    promise: 'RequestHooks: the template, not the path',
    file: 'libs/http/src/server/request-hooks.ts',
    replace: [["request.routeOptions.url ?? 'unmatched'", 'pathOf(request)']],
    suites: [problemJsonSpec],
  },
  {
    name: 'http: a request that ends twice is counted twice',
    promise: 'RequestTracker: ends with its answer or its connection, whichever comes first',
    file: 'libs/http/src/server/request-tracker.ts',
    replace: [['      if (isOpen) this.end();', '      this.end();']],
    suites: [gracefulStopSpec, requestRulesSpec],
  },
  {
    name: 'http: a pattern takes more than one segment',
    promise: 'RouteTable: which methods a path has',
    file: 'libs/http/src/routes/route-table.ts',
    replace: [["return '[^/]*';", "return '.*';"]],
    suites: [routeTableSpec],
  },
  {
    name: 'http: a dot of a route is any character',
    promise: 'RouteTable: which methods a path has',
    file: 'libs/http/src/routes/route-table.ts',
    replace: [["segment.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&')", 'segment']],
    suites: [routeTableSpec],
  },
];
