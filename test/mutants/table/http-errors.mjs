const problems = 'libs/http/src/errors/problem-json.int-spec.ts';
const thrown = 'libs/http/src/errors/thrown-errors.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'http: an error keeps the ETag of its handler',
    promise: 'ProblemFilter: what a handler has set for its own answer must not dress an error',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [["  'etag',\n", '']],
    suites: [thrown],
  },
  {
    name: 'http: the log has the query',
    promise: 'pathOf: without the query, which may carry personal data',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [["request.url.split('?', 1)[0] ?? '/'", 'request.url']],
    suites: [thrown],
  },
  {
    name: 'http: a defect is logged like a refusal',
    promise: 'ProblemFilter: logs by family',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [['if (error instanceof DefectError) {', 'if (error.status < 0) {']],
    suites: [thrown],
  },
  {
    name: 'http: an operational error is logged like a refusal',
    promise: 'ProblemFilter: logs by family',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [
      ['} else if (error instanceof OperationalError) {', '} else if (error.status < 0) {'],
    ],
    suites: [thrown],
  },
  {
    name: 'http: a wrong method is an unknown route',
    promise: 'ProblemFilter: a wrong method is told apart from a wrong path',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [
      [
        '    if (allowed.length === 0 || allowed.includes(method)) return httpErrors.routeNotFound();\n',
        '    if (allowed.length >= 0) return httpErrors.routeNotFound();\n',
      ],
    ],
    suites: [problems],
  },
  {
    name: 'http: 405 does not name the methods',
    promise: 'ProblemFilter: Allow',
    file: 'libs/http/src/errors/problem.filter.ts',
    replace: [["    void reply.header('allow', allowed.join(', '));\n", '']],
    suites: [problems],
  },
  {
    name: 'http: a defect is told to clients',
    promise: 'problemOf: nothing of a defect is told but that it happened',
    file: 'libs/http/src/errors/problem.ts',
    replace: [['error instanceof DefectError ? httpErrors.internal() : error', 'error']],
    suites: [thrown],
  },
  {
    name: 'http: Retry-After is forgotten',
    promise: 'problemHeaders: seconds a client is asked to wait',
    file: 'libs/http/src/errors/problem.ts',
    replace: [
      [
        "    ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),\n",
        '',
      ],
    ],
    suites: [thrown],
  },
  {
    name: 'http: an error may be cached',
    promise: 'problemHeaders: no-store',
    file: 'libs/http/src/errors/problem.ts',
    replace: [["    'cache-control': 'no-store',\n", '']],
    suites: [thrown],
  },
  {
    name: 'http: what Nest says of a 503 is told to clients',
    promise: 'normalizeError: nothing of what is not recognised is told',
    file: 'libs/http/src/errors/normalize-error.ts',
    replace: [['const isForClient = status < 500;', 'const isForClient = status < 600;']],
    suites: [thrown],
  },
  {
    name: 'http: a message of Nest is lost',
    promise: 'normalizeError: keeps what Nest itself reports',
    file: 'libs/http/src/errors/normalize-error.ts',
    replace: [
      [
        'httpErrors.requestRejected({ message: exception.message, cause',
        'httpErrors.requestRejected({ cause',
      ],
    ],
    suites: [thrown],
  },
  {
    name: 'http: a body that is no JSON is a defect',
    promise: 'docs/errors.md: http.malformed-json',
    file: 'libs/http/src/errors/normalize-error.ts',
    replace: [["  FST_ERR_CTP_INVALID_JSON_BODY: 'malformedJson',\n", '']],
    suites: [problems],
  },
  {
    name: 'http: the list of errors has no end',
    promise: 'createValidationPipe: more would only help somebody who wants a large answer',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [['.slice(0, MAX_PROBLEMS)', '']],
    suites: [problems],
  },
  {
    name: 'http: an unknown field is not named',
    promise: 'createValidationPipe: all problems with their path',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [['if (Array.isArray(issue.keys)) {', 'if (issue.keys === null) {']],
    suites: [problems],
  },
  {
    name: 'http: of what has several forms nothing is said',
    promise: 'createValidationPipe: what is wrong by the form that was meant',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [['meantForm(forms);', 'meantForm([]);']],
    suites: [problems],
  },
  {
    name: 'http: of several forms any one is believed',
    promise: 'createValidationPipe: undefined when two are as likely',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [
      ['first?.strangeness === second?.strangeness ? undefined : first?.issues', 'first?.issues'],
    ],
    suites: [problems],
  },
  {
    name: 'http: what fits no form is not told what each form asks for',
    promise: 'validation.pipe: of what may be several things, what each of them asks for',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [["texts.size === 0 || message !== 'Invalid input'", 'texts.size >= 0']],
    suites: [problems],
  },
  {
    name: 'http: a name that no field may have is not told what it should be',
    promise: 'validation.pipe: what is wrong with the name of a field',
    file: 'libs/http/src/routes/validation.pipe.ts',
    replace: [['if (issues.length > 0)', 'if (issues.length > 1)']],
    suites: [problems],
  },
  {
    name: 'http: a route says that something is invalid, and not what it expects',
    promise: 'test/support/vague-refusals.ts: of everything that a route refuses, what it expects',
    file: 'apps/commerce/src/catalog/media.schemas.ts',
    replace: [[", 'The name of a file, such as pad.svg'", '']],
    suites: ['apps/commerce/src/commerce-graph.int-spec.ts'],
  },
];
