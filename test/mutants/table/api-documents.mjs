const openApi = 'libs/http/src/open-api/open-api.int-spec.ts';
const apiLint = 'tools/api-documents-lint.int-spec.ts';
const answers = 'test/e2e/api-documents.e2e-spec.ts';
const clients = 'test/e2e/api-clients.e2e-spec.ts';

/** Of several such objects the one with values. */
const filterParameter = `
            "name": "filter",
            "required": false,
            "schema": {
              "additionalProperties": {
                "maxLength": 200,
                "minLength": 1,
                "type": "string"
              },
              "maxProperties": 10,
              "type": "object"
            },
            "style": "deepObject"`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'http: the API document leaves open who may call a public route',
    promise: 'describeProblems: a public route says that it needs no credentials',
    file: 'libs/http/src/open-api/open-api-problems.ts',
    replace: [['  operation.security ??= [];\n', '']],
    suites: [openApi],
  },
  {
    name: 'http: a parameter that is given once is no list',
    promise: 'repeatable: always read as a list',
    file: 'libs/http/src/routes/repeatable.ts',
    replace: [['|| Array.isArray(given) ? given : [given]', '|| given !== null ? given : [given]']],
    suites: [openApi],
  },
  {
    name: 'http: the API document does not say how a list is sent',
    promise: 'open-api-problems: a list is sent by repeating its name',
    file: 'libs/http/src/open-api/open-api-problems.ts',
    replace: [['  parameter.explode = true;\n', '']],
    suites: [openApi],
  },
  {
    name: 'http: a list answers what its document does not have',
    promise: 'docs/openapi: what replicas answer',
    file: 'docs/openapi/commerce.json',
    replace: [
      [
        '"nextCursor": {\n                      "description": "null on the last page.",',
        '"next": {\n                      "description": "null on the last page.",',
      ],
    ],
    suites: [answers],
    needsBuild: true,
  },
  {
    name: 'http: an error answers what its document does not have',
    promise: 'Problem: an error as a client sees it (RFC 9457)',
    file: 'libs/http/src/errors/problem.ts',
    replace: [['    detail: told.message,', '    detail: null as never,']],
    suites: [answers],
    needsBuild: true,
  },
  {
    name: 'http: a client sends attribute filters in another form',
    promise: 'docs/openapi: attribute filters are one `filter` object',
    file: 'docs/openapi/commerce.json',
    replace: [[filterParameter, filterParameter.replace('deepObject', 'form')]],
    suites: [clients],
    needsBuild: true,
  },
  {
    name: 'http: the document does not say who may call',
    promise: 'docs/openapi: x-permissions',
    file: 'libs/http/src/routes/access.ts',
    replace: [["    ApiExtension('x-permissions', permissions),\n", '']],
    suites: [openApi],
  },
  {
    name: 'tools: a remark on an API document passes',
    promise: 'redocly.yaml: nothing that the recommended rules remark on',
    file: 'redocly.yaml',
    replace: [['  - recommended-strict', '  - recommended']],
    suites: [apiLint],
  },
  {
    name: 'tools: one API document is not linted',
    promise: 'redocly.yaml: judges docs/openapi',
    file: 'redocly.yaml',
    replace: [['  authoring:\n    root: docs/openapi/authoring.json\n', '']],
    suites: [apiLint],
  },
  {
    name: 'tools: npm test lints no API document',
    promise: 'docs/development.md: npm run openapi is a step of npm test',
    file: 'tools/lib/test-steps.mjs',
    replace: [["    script: 'openapi',", "    script: 'lint',"]],
    suites: [apiLint],
  },
];
