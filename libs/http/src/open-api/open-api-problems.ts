import type { OpenAPIObject } from '@nestjs/swagger';
import type { LockstepError } from '#libs/kernel';
import type { Refusals } from '../routes/access.js';
import { httpErrors } from '../errors/http.errors.js';
import { problemOf } from '../errors/problem.js';

/** Opaque to clients. */
const POSITION_SCHEMA = { type: 'string', pattern: '^\\d{1,16}@[\\w-]{1,64}$' };
const EXAMPLE_REQUEST_ID = '0199c7a5-6f3e-7c1e-9d53-2b8f0c6a4e11';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { in: unknown }>;
type Components = NonNullable<OpenAPIObject['components']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const PROBLEM_SCHEMA: NonNullable<Components['schemas']>[string] = {
  type: 'object',
  description: 'RFC 9457. Further members belong to the code.',
  required: ['type', 'title', 'status', 'code', 'detail', 'instance', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; branch on it.' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    requestId: { type: 'string', description: 'Finds the request in the logs.' },
    errors: {
      type: 'array',
      description:
        'What is wrong, and where: with http.validation-failed, and with codes of rules that several fields may break.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

interface ProblemAnswer {
  readonly description: string;
  /** One that the answer may be. */
  readonly example?: LockstepError | undefined;
}

const RESPONSES: Readonly<Record<string, ProblemAnswer>> = {
  '400': {
    description: 'The request is malformed or does not match its schema.',
    example: httpErrors.validationFailed({
      details: { errors: [{ path: 'body.name', message: 'Too small' }] },
    }),
  },
  '401': { description: 'Credentials are missing or not valid.' },
  '403': { description: 'A permission is missing.' },
  '404': {
    description: 'What the request names does not exist.',
    example: httpErrors.notFound(),
  },
  '409': { description: 'The state of the resource, or of another, does not allow it.' },
  '412': { description: 'The resource has changed since it was read.' },
  '413': { description: 'The body is too large.', example: httpErrors.bodyTooLarge() },
  '415': {
    description: 'The route does not accept this content type.',
    example: httpErrors.unsupportedMediaType(),
  },
  '422': { description: 'The request is well-formed, and what it asks for breaks a rule.' },
  '428': {
    description: 'The If-Match header is missing.',
    example: httpErrors.preconditionRequired(),
  },
  '429': {
    description: 'Too many requests; `Retry-After` says when to come back.',
    example: httpErrors.tooManyRequests(),
  },
  '503': {
    description: 'Not now; `Retry-After` says when to come back.',
    example: httpErrors.unavailable(),
  },
  default: { description: 'Any other error.', example: httpErrors.internal() },
};

/** Adds what every route has in common: the problem answers and the headers of Lockstep. */
export function describeProblems(
  document: OpenAPIObject,
  { isLimited, refusals }: { readonly isLimited: boolean; readonly refusals: Refusals | undefined },
): OpenAPIObject {
  const used = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      describeOperation(operation, path.includes('{'), isLimited);
      for (const status of Object.keys(operation.responses)) used.add(status);
    }
  }
  const { securitySchemes, ...components }: Components = document.components ?? {};
  return {
    ...document,
    components: {
      ...components,
      ...(used.has('401') ? { securitySchemes } : {}),
      schemas: { ...components.schemas, Problem: PROBLEM_SCHEMA },
      responses: Object.fromEntries(
        Object.entries(RESPONSES)
          .filter(([status]) => used.has(status))
          .map(([status, answer]) => [
            componentName(status),
            problem(status, { example: refusals?.[status as keyof Refusals], ...answer }),
          ]),
      ),
      headers: HEADERS,
      parameters: PARAMETERS,
    },
  };
}

function describeOperation(
  operation: Operation,
  hasPathParameters: boolean,
  isLimited: boolean,
): void {
  // Without it a generator would read the schemes of the document, and a linter that it was forgotten.
  operation.security ??= [];
  for (const status of [
    ...problemsOf(operation, hasPathParameters),
    ...(isLimited ? ['429'] : []),
    ...declaredProblems(operation),
  ]) {
    operation.responses[status] = { $ref: `#/components/responses/${componentName(status)}` };
  }
  for (const response of Object.values(operation.responses)) {
    if (response !== undefined && !('$ref' in response)) {
      response.headers = { ...response.headers, ...COMMON_HEADERS };
    }
  }
  for (const parameter of operation.parameters ?? []) {
    if ('in' in parameter && parameter.in === 'query') describeList(parameter);
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    { $ref: '#/components/parameters/LockstepPosition' },
  ];
}

/** What a route of this shape may answer. */
function problemsOf(operation: Operation, hasPathParameters: boolean): string[] {
  const parameters = operation.parameters ?? [];
  const names = new Set(parameters.flatMap((each) => ('name' in each ? [each.name] : [])));
  const hasBody = operation.requestBody !== undefined;
  return [
    '400',
    ...(operation.security?.length === 0 ? [] : ['401', '403']),
    ...(hasPathParameters || hasBody || names.has('store') ? ['404'] : []),
    // A write that something else stands against; of every route, a position that does not exist.
    '409',
    ...(names.has('If-Match') ? ['412', '428'] : []),
    ...(hasBody ? ['413', '415', '422'] : []),
    '503',
    'default',
  ];
}

function declaredProblems({ responses }: Operation): string[] {
  return Object.keys(responses).filter((status) => status in RESPONSES);
}

/** Says aloud what is the default: a list is sent by repeating its name. */
function describeList(parameter: Parameter): void {
  const { schema } = parameter;
  if (schema === undefined || '$ref' in schema || schema.type !== 'array') return;
  parameter.style = 'form';
  parameter.explode = true;
}

const HEADERS: NonNullable<Components['headers']> = {
  LockstepReplica: { description: 'The replica that answered.', schema: { type: 'string' } },
  LockstepPosition: {
    description:
      'After a write: send it with later requests and they see at least this write, on any replica.',
    schema: POSITION_SCHEMA,
  },
  XRequestId: { description: 'Id of the request in the logs.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds.', schema: { type: 'integer', minimum: 0 } },
};

const PARAMETERS: NonNullable<Components['parameters']> = {
  LockstepPosition: {
    name: 'Lockstep-Position',
    in: 'header',
    required: false,
    description: 'Answer from a state that is at least as new as this position.',
    schema: POSITION_SCHEMA,
  },
};

const COMMON_HEADERS = {
  'Lockstep-Replica': { $ref: '#/components/headers/LockstepReplica' },
  'Lockstep-Position': { $ref: '#/components/headers/LockstepPosition' },
  'X-Request-Id': { $ref: '#/components/headers/XRequestId' },
};

function componentName(status: string): string {
  return status === 'default' ? 'Problem' : `Problem${status}`;
}

function problem(status: string, { description, example }: ProblemAnswer) {
  return {
    description,
    headers: {
      ...COMMON_HEADERS,
      ...(isRetryable(status)
        ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
        : {}),
    },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        ...(example === undefined
          ? {}
          : { example: problemOf(example, '/api/v1/stores/main', EXAMPLE_REQUEST_ID) }),
      },
    },
  };
}

function isRetryable(status: string): boolean {
  return status === '429' || status === '503';
}
