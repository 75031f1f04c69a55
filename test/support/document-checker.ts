import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import type { Role } from '#libs/config';

interface Content {
  readonly schema?: object;
  readonly example?: { readonly code?: string };
}
interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
}
export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly style?: string;
  readonly schema: { readonly type?: string };
}
export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, Answer>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}
interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const REFERENCE = /^#\/components\/responses\/(.+)$/;

/** Tells where an answer is not what the committed API document of a role says. */
export class DocumentChecker {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly checks = new Map<object, ValidateFunction>();
  private readonly document: Document;

  constructor(role: Role) {
    this.document = JSON.parse(readFileSync(`docs/openapi/${role}.json`, 'utf8')) as Document;
    addFormats.default(this.ajv);
    // References begin at the document, so every schema is read as a part of it.
    this.ajv.addSchema({ $id: 'document', components: this.document.components });
  }

  get gets(): readonly (readonly [path: string, operation: Operation])[] {
    return Object.entries(this.document.paths).flatMap(([path, { get }]) =>
      get === undefined ? [] : [[path, get] as const],
    );
  }

  operation(method: string, path: string): Operation {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`the document has no ${method} ${path}`);
    return operation;
  }

  /** What contradicts the document; empty when nothing does. A status that only `default` covers does. */
  deviations({ responses }: Operation, { status, headers, body }: Received): string[] {
    const declared = responses[String(status)];
    if (declared === undefined) return [`status ${status} is not declared`];
    const { content } = this.resolve(declared);
    if (content === undefined) return body === '' ? [] : ['a body where none is declared'];
    const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
    const schema = content[type]?.schema;
    if (schema === undefined) return [`${type} is not declared for ${status}`];
    const check = this.checkOf(schema);
    if (check(body)) return [];
    return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  /** The code of the problem that the document shows for a status. */
  exampleCode({ responses }: Operation, status: number): string | undefined {
    const { content } = this.resolve(responses[String(status)] ?? {});
    return content?.['application/problem+json']?.example?.code;
  }

  private resolve(answer: Answer): Answer {
    const name = REFERENCE.exec(answer.$ref ?? '')?.[1];
    return name === undefined ? answer : (this.document.components.responses[name] ?? {});
  }

  private checkOf(schema: object): ValidateFunction {
    const known = this.checks.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
    const check = this.ajv.compile(JSON.parse(text) as object);
    this.checks.set(schema, check);
    return check;
  }
}
