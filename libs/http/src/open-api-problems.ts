import type { OpenAPIObject } from '@nestjs/swagger';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
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
      description: 'Only with http.validation-failed.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const RESPONSES: Readonly<Record<string, string>> = {
  '400': 'The request is malformed or does not match its schema.',
  '401': 'Credentials are missing or not valid.',
  '403': 'A permission is missing.',
  '412': 'The resource has changed since it was read.',
  '428': 'The If-Match header is missing.',
  default: 'Any other error.',
};

/** Adds what every route has in common: the problem answers and the headers of Lockstep. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  const components: Components = document.components ?? {};
  components.schemas = { ...components.schemas, Problem: PROBLEM_SCHEMA };
  components.responses = Object.fromEntries(
    Object.entries(RESPONSES).map(([status, description]) => [
      componentName(status),
      problem(description),
    ]),
  );
  components.headers = {
    LockstepReplica: { description: 'The replica that answered.', schema: { type: 'string' } },
    LockstepPosition: {
      description:
        'After a write: send it with later requests and they see at least this write, on any replica.',
      schema: { type: 'integer' },
    },
    XRequestId: { description: 'Id of the request in the logs.', schema: { type: 'string' } },
  };
  components.parameters = {
    LockstepPosition: {
      name: 'Lockstep-Position',
      in: 'header',
      required: false,
      description: 'Answer from a state that is at least as new as this position.',
      schema: { type: 'integer', minimum: 0 },
    },
  };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) describeOperation(operation);
    }
  }
  return { ...document, components };
}

function describeOperation(operation: Operation): void {
  const hasIfMatch = (operation.parameters ?? []).some(
    (parameter) => 'name' in parameter && parameter.name === 'If-Match',
  );
  const hasInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const statuses = [
    ...(hasInput ? ['400'] : []),
    ...(operation.security === undefined ? [] : ['401', '403']),
    ...(hasIfMatch ? ['412', '428'] : []),
    'default',
  ];
  for (const response of Object.values(operation.responses)) {
    if (response !== undefined && !('$ref' in response)) {
      response.headers = { ...response.headers, ...COMMON_HEADERS };
    }
  }
  for (const status of statuses) {
    operation.responses[status] ??= { $ref: `#/components/responses/${componentName(status)}` };
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    { $ref: '#/components/parameters/LockstepPosition' },
  ];
}

const COMMON_HEADERS = {
  'Lockstep-Replica': { $ref: '#/components/headers/LockstepReplica' },
  'Lockstep-Position': { $ref: '#/components/headers/LockstepPosition' },
  'X-Request-Id': { $ref: '#/components/headers/XRequestId' },
};

function componentName(status: string): string {
  return status === 'default' ? 'Problem' : `Problem${status}`;
}

function problem(description: string) {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
