import type { Store } from '#libs/stores';
import { StoreDirectory, StoreEditor } from '#authoring/stores';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answers,
  IfMatch,
  pagedBy,
  RequirePermission,
  VersionedAnswer,
  type Page,
} from '#libs/http';
import { recordOf, storeCode } from './catalog.schemas.js';
import {
  codeParams,
  newStoreBody,
  storeAnswer,
  storeListQuery,
  storePage,
  storePatchBody,
  type CodeParams,
  type NewStoreBody,
  type StoreAnswer,
  type StoreListQuery,
  type StorePatchBody,
} from './store.schemas.js';

const pageByCode = pagedBy(storeCode, ({ code }: { readonly code: string }) => code);

@ApiTags('Stores')
@Controller('stores')
export class StoreController {
  constructor(
    private readonly directory: StoreDirectory,
    private readonly editor: StoreEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:store:read')
  @ApiOperation({ summary: 'List stores' })
  @Answers(200, storePage, 'Stores, by code.')
  list(@Query({ schema: storeListQuery }) query: StoreListQuery): Promise<Page<StoreAnswer>> {
    return pageByCode(query, (after = '', limit) => this.directory.list(after, limit), toAnswer);
  }

  @Get(':code')
  @RequirePermission('catalog:store:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a store' })
  @Answers(200, storeAnswer, 'The store.')
  async get(@Param({ schema: codeParams }) { code }: CodeParams): Promise<StoreAnswer> {
    return toAnswer(await this.directory.get(code));
  }

  @Post()
  @RequirePermission('catalog:store:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a store' })
  @Answers(201, storeAnswer, 'The new store.')
  async create(
    @Body({ schema: newStoreBody }) { code, ...content }: NewStoreBody,
  ): Promise<StoreAnswer> {
    return toAnswer(await this.editor.create(code, content));
  }

  @Patch(':code')
  @RequirePermission('catalog:store:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a store' })
  @Answers(200, storeAnswer, 'The changed store.')
  async update(
    @Param({ schema: codeParams }) { code }: CodeParams,
    @IfMatch() version: number,
    @Body({ schema: storePatchBody }) body: StorePatchBody,
  ): Promise<StoreAnswer> {
    return toAnswer(await this.editor.update(code, version, body));
  }

  @Delete(':code')
  @RequirePermission('catalog:store:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a store' })
  @Answers(204, undefined, 'The store is gone.')
  async remove(
    @Param({ schema: codeParams }) { code }: CodeParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove(code, version);
  }
}

function toAnswer(store: Store): StoreAnswer {
  const { id, code, name, currencies, locales, defaultCurrency, defaultLocale } = store;
  return {
    id,
    code,
    name,
    currencies: [...currencies],
    locales: [...locales],
    defaultCurrency,
    defaultLocale,
    ...recordOf(store),
  };
}
