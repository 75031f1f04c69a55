import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import type { Role } from '#libs/config';
import { refusalsOf } from '../routes/access.js';
import { describeProblems } from './open-api-problems.js';

const TITLES: Readonly<Record<Role, string>> = {
  commerce: 'Lockstep commerce API',
  authoring: 'Lockstep authoring API',
};

/**
 * The OpenAPI 3.1 document of an application, made from its routes and their zod schemas. The same code
 * gives the same document, so it can be committed and compared.
 */
export function createOpenApiDocument(app: NestFastifyApplication, role: Role): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(TITLES[role])
    .setDescription(
      'Errors are problem+json (RFC 9457) with a stable `code`. Money is `{amount, currency}` in integer minor units; times are ISO 8601 UTC.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Where the document was read.')
    .addBearerAuth({ type: 'http', description: 'The token of a session, or an API key.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convertSchema,
    operationIdFactory,
  });
  // Shoppers are strangers; staff are not.
  return describeProblems(document, { isLimited: role === 'commerce', refusals: refusalsOf(app) });
}

/** A name that generated clients can use as it is: `productList` of ProductController.list. */
function operationIdFactory(controller: string, method: string): string {
  const area = controller.replace(/Controller$/, '');
  return `${area.charAt(0).toLowerCase()}${area.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** Serves the document at `/openapi.json` and a page to browse it at `/docs`; made when first asked for. */
export function serveOpenApi(app: NestFastifyApplication, role: Role): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app, role), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: TITLES[role],
  });
}

/** zod writes JSON Schema 2020-12, which is what OpenAPI 3.1 speaks; the default of Nest is 3.0. */
function convertSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $schema, $defs, ...json } = z.toJSONSchema(schema, {
    io: schemaType,
    target: 'draft-2020-12',
    // What JSON cannot express (a transformation's result) is documented as anything.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => leaveOutNoise(jsonSchema),
  });
  return { schema: json, ...($defs === undefined ? {} : { components: $defs }) };
}

/** What zod spells out though it says nothing more: the regular expression of a format, the range of a number. */
function leaveOutNoise(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
