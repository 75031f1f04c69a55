import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OrderDraftDirectory, OrderDraftEditor, OrderDraftPlacing } from '#authoring/orders';
import {
  Answers,
  IdempotencyKey,
  idParams,
  IfMatch,
  pageByCreation,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  draftAnswer,
  draftAnswerOf,
  draftBody,
  draftContentOf,
  draftListQuery,
  draftPage,
  draftPlacementBody,
  draftReplaceBody,
  type DraftAnswer,
  type DraftBody,
  type DraftListQuery,
  type DraftPlacementBody,
  type DraftReplaceBody,
} from './order-draft.schemas.js';
import { placedAnswer, placedAnswerOf, type PlacedAnswer } from './staff-order.schemas.js';

/** Orders that staff prepare, and place later. They take no stock and promise no price. */
@ApiTags('Orders')
@Controller('order-drafts')
export class OrderDraftController {
  constructor(
    private readonly directory: OrderDraftDirectory,
    private readonly editor: OrderDraftEditor,
    private readonly placing: OrderDraftPlacing,
  ) {}

  @Get()
  @RequirePermission('orders:order:create')
  @ApiOperation({ summary: 'List drafts of orders' })
  @Answers(200, draftPage, 'Newest first.')
  list(@Query({ schema: draftListQuery }) query: DraftListQuery): Promise<Page<DraftAnswer>> {
    const { store, limit: size, cursor } = query;
    return pageByCreation(
      { limit: size, cursor },
      (after, limit) => this.directory.list(store, after, limit),
      draftAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('orders:order:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a draft of an order' })
  @Answers(200, draftAnswer, 'The draft.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
  ): Promise<DraftAnswer> {
    return draftAnswerOf(await this.directory.get({ storeCode, id }));
  }

  @Post()
  @RequirePermission('orders:order:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Write a draft of an order' })
  @Answers(201, draftAnswer, 'The draft; it is kept for 90 days after its last change.')
  async create(@Body({ schema: draftBody }) { store, ...body }: DraftBody): Promise<DraftAnswer> {
    return draftAnswerOf(await this.editor.create(store, draftContentOf(body)));
  }

  @Put(':id')
  @RequirePermission('orders:order:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Replace a draft of an order' })
  @Answers(200, draftAnswer, 'The draft as it is now.')
  async replace(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: draftReplaceBody }) body: DraftReplaceBody,
  ): Promise<DraftAnswer> {
    const content = draftContentOf(body);
    return draftAnswerOf(await this.editor.replace({ storeCode, id }, version, content));
  }

  @Delete(':id')
  @RequirePermission('orders:order:create')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a draft of an order' })
  @Answers(204, undefined, 'The draft is gone.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode, id }, version);
  }

  @Post(':id/placements')
  @RequirePermission('orders:order:create')
  @ApiOperation({ summary: 'Order what a draft says' })
  @Answers(
    201,
    placedAnswer,
    'The order; the draft is gone. The same request is answered the same.',
  )
  async place(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
    @IfMatch() version: number,
    @Body({ schema: draftPlacementBody }) { expectedTotal }: DraftPlacementBody,
  ): Promise<PlacedAnswer> {
    const placement = { key, version, expectedTotal };
    return placedAnswerOf(await this.placing.place({ storeCode, id }, placement));
  }
}
