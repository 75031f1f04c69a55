import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Patch, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { loadConfig } from '#libs/config';
import { ObservabilityModule } from '#libs/observability';
import { PERMISSION_GUARD, Public, REFUSALS, RequirePermission } from '../routes/access.js';
import { Answers } from '../routes/answers.js';
import { httpErrors } from '../errors/http.errors.js';
import { HttpModule } from '../http.module.js';
import { createOpenApiDocument } from './open-api.js';
import { repeatable } from '../routes/repeatable.js';
import { createReplicaApp } from '../server/replica-app.js';
import { IfMatch } from '../routes/version-etag.js';

const Product = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'Product' });
const Change = z.strictObject({ name: z.string().min(1).max(200) });
const Filter = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  tag: repeatable(z.string(), 2).optional(),
});
const Path = z.strictObject({ id: z.uuid() });

@Controller('products')
class ProductsController {
  @Public()
  @Get()
  @ApiOperation({ summary: 'List products' })
  @Answers(200, z.object({ items: z.array(Product) }), 'One page')
  list(@Query({ schema: Filter }) filter: z.infer<typeof Filter>): never {
    return filter as never; // Shows what arrived, whatever the document says of it.
  }

  @RequirePermission('catalog:product:update')
  @Patch(':id')
  @Answers(200, Product, 'The product as it is now')
  change(
    @Param({ schema: Path }) path: z.infer<typeof Path>,
    @Body({ schema: Change }) change: z.infer<typeof Change>,
    @IfMatch() version: number,
  ): never {
    return { path, change, version } as never;
  }
}

const refused = httpErrors.preconditionRequired();

@Module({
  imports: [ObservabilityModule, HttpModule],
  controllers: [ProductsController],
  providers: [
    { provide: PERMISSION_GUARD, useValue: true },
    { provide: REFUSALS, useValue: { '401': refused, '403': refused } },
  ],
})
class DeclaredModule {}

@Module({ imports: [ObservabilityModule, HttpModule], controllers: [ProductsController] })
class UnguardedModule {}

@Controller('forgotten')
class ForgottenController {
  @Get()
  read(): object {
    return {};
  }

  @Public()
  @Get('open')
  open(): object {
    return {};
  }
}

@Module({ imports: [DeclaredModule], controllers: [ForgottenController] })
class ForgottenModule {}

const config = loadConfig({ REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'silent' }, 'authoring');

describe('the API document', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await createReplicaApp(config, { module: DeclaredModule });
  });

  afterAll(() => app.close());

  it('is OpenAPI 3.1 made from the schemas', () => {
    const document = createOpenApiDocument(app, 'authoring');
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(['/api/v1/products', '/api/v1/products/{id}']);
    expect(document.components?.schemas).toHaveProperty('Product');
    expect(document.paths['/api/v1/products']?.get).toMatchObject({
      operationId: 'productsList',
      parameters: expect.arrayContaining([
        expect.objectContaining({
          name: 'limit',
          in: 'query',
          required: false,
          schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
        }),
        expect.objectContaining({
          name: 'tag',
          style: 'form',
          explode: true,
          schema: { type: 'array', items: { type: 'string' }, maxItems: 2 },
        }),
      ]),
      summary: 'List products',
      security: [],
      responses: {
        '200': { content: { 'application/json': { schema: { type: 'object' } } } },
        default: { $ref: '#/components/responses/Problem' },
      },
    });
  });

  it('reads a parameter that is given once, several times or too often as it says', async () => {
    const ask = (query: string) => app.inject(`/api/v1/products${query}`);
    expect((await ask('?tag=a')).json()).toEqual({ limit: 20, tag: ['a'] });
    expect((await ask('?tag=a&tag=b')).json()).toEqual({ limit: 20, tag: ['a', 'b'] });
    expect((await ask('')).json()).toEqual({ limit: 20 });
    expect((await ask('?tag=a&tag=b&tag=c')).statusCode).toBe(400);
  });

  it('shows what the guard of the role answers', () => {
    const { responses } = createOpenApiDocument(app, 'authoring').components ?? {};
    for (const name of ['Problem401', 'Problem403']) {
      expect(responses?.[name]).toHaveProperty(
        ['content', 'application/problem+json', 'example', 'code'],
        refused.code,
      );
    }
  });

  it('says who may call a route and how it answers when refused', () => {
    const operation = createOpenApiDocument(app, 'authoring').paths['/api/v1/products/{id}']?.patch;
    expect(operation).toMatchObject({
      'x-permissions': ['catalog:product:update'],
      security: [{ bearer: [] }],
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'If-Match', in: 'header', required: true }),
        expect.objectContaining({ name: 'id', in: 'path', required: true }),
      ]),
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['name'],
              additionalProperties: false,
              properties: { name: { type: 'string', minLength: 1, maxLength: 200 } },
            },
          },
        },
      },
      responses: {
        '200': {
          headers: { 'Lockstep-Position': expect.anything() },
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Product' } },
          },
        },
        '401': expect.anything(),
        '403': expect.anything(),
        '412': expect.anything(),
        '428': expect.anything(),
      },
    });
  });

  it('is the same every time, and served with a page to browse it', async () => {
    const served = await app.inject('/openapi.json');
    expect(served.json()).toEqual(
      JSON.parse(JSON.stringify(createOpenApiDocument(app, 'authoring'))),
    );
    const page = await app.inject('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    expect((await app.inject('/docs/swagger-ui-bundle.js')).statusCode).toBe(200);
  });

  it('does not start when a route declares no access', async () => {
    await expect(createReplicaApp(config, { module: ForgottenModule })).rejects.toThrow(
      'These routes declare no access, such as @Public() or @RequirePermission(): ForgottenController.read',
    );
  });

  it('does not start when a route needs permissions that no guard asks for', async () => {
    await expect(createReplicaApp(config, { module: UnguardedModule })).rejects.toThrow(
      'No guard of this role asks for what these routes need: ProductsController.change',
    );
  });

  it('refuses a permission that is not one', () => {
    expect(() => RequirePermission('catalog:*')).toThrow(/not a permission/);
  });
});
