import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyEditor, type ApiKeyView, CurrentPrincipal } from '#authoring/identity';
import type { Principal } from '#libs/identity';
import {
  Answers,
  idParams,
  isoTime,
  isoTimeOrNull,
  pageById,
  pageQuery,
  RequirePermission,
  type IdParams,
  type Page,
  type PageQuery,
} from '#libs/http';
import {
  apiKeyPage,
  newApiKeyAnswer,
  newApiKeyBody,
  type ApiKeyAnswer,
  type NewApiKeyAnswer,
  type NewApiKeyBody,
} from './api-key.schemas.js';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyEditor) {}

  @Get()
  @RequirePermission('identity:api-key:read')
  @ApiOperation({ summary: 'List API keys' })
  @Answers(200, apiKeyPage, 'API keys, oldest first, revoked ones included.')
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ApiKeyAnswer>> {
    return pageById(query, (after = '', limit) => this.keys.list(after, limit), toAnswer);
  }

  @Post()
  @RequirePermission('identity:api-key:create')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Create an API key' })
  @Answers(201, newApiKeyAnswer, 'The new key; its text is shown only here.')
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newApiKeyBody }) { expiresAt, ...body }: NewApiKeyBody,
  ): Promise<NewApiKeyAnswer> {
    const { key, secret } = await this.keys.create(principal, {
      ...body,
      expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
    });
    return { ...toAnswer(key), key: secret };
  }

  @Delete(':id')
  @RequirePermission('identity:api-key:revoke')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key' })
  @Answers(204, undefined, 'The key is revoked for ever.')
  async revoke(@Param({ schema: idParams }) { id }: IdParams): Promise<void> {
    await this.keys.revoke(id);
  }
}

function toAnswer(key: ApiKeyView): ApiKeyAnswer {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    permissions: [...key.permissions],
    createdBy: key.createdBy ?? null,
    createdAt: isoTime(key.createdAt),
    expiresAt: isoTimeOrNull(key.expiresAt),
    revokedAt: isoTimeOrNull(key.revokedAt),
    lastUsedAt: isoTimeOrNull(key.lastUsedAt),
  };
}
