import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CreditEditor } from '#authoring/customers';
import {
  Answers,
  IdempotencyKey,
  idParams,
  pagedBy,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import type { CreditEntryView } from '#libs/customers';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  accountAnswerOf,
  creditAccountAnswer,
  creditAnswer,
  creditEntryBody,
  creditEntryPage,
  creditLimitBody,
  creditParams,
  entryAnswerOf,
  groupListQuery,
  type CreditAccountAnswer,
  type CreditAnswer,
  type CreditEntryAnswer,
  type CreditEntryBody,
  type CreditLimitBody,
  type CreditParams,
  type GroupListQuery,
} from './credit.schemas.js';

const pageByEntry = pagedBy(z.int(), ({ id }: CreditEntryView) => id);

/** What customers have with the store, in each currency. */
@ApiTags('Customers')
@Controller('customers/:id/credit')
export class CustomerCreditController {
  constructor(private readonly credit: CreditEditor) {}

  @Get()
  @RequirePermission('customers:credit:read')
  @ApiOperation({ summary: 'List the credit accounts of a customer' })
  @Answers(200, creditAnswer, 'One account for each currency.')
  async list(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<CreditAnswer> {
    const accounts = await this.credit.list({ storeCode: store, id });
    return { items: accounts.map(accountAnswerOf) };
  }

  @Get(':currency/entries')
  @RequirePermission('customers:credit:read')
  @ApiOperation({ summary: 'List the entries of a credit account' })
  @Answers(200, creditEntryPage, 'Newest first; the sum of all is the balance.')
  listEntries(
    @Param({ schema: creditParams }) { id, currency }: CreditParams,
    @Query({ schema: groupListQuery }) { store, ...page }: GroupListQuery,
  ): Promise<Page<CreditEntryAnswer>> {
    const address = { storeCode: store, id };
    return pageByEntry(
      page,
      (before = Number.MAX_SAFE_INTEGER, limit) =>
        this.credit.listEntries(address, currency, before, limit),
      entryAnswerOf(currency),
    );
  }

  @Post(':currency/entries')
  @RequirePermission('customers:credit:update')
  @ApiOperation({ summary: 'Write an entry by hand' })
  @Answers(201, creditAccountAnswer, 'The account; the same key writes the entry once.')
  async enter(
    @Param({ schema: creditParams }) { id, currency }: CreditParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IdempotencyKey() key: string,
    @Body({ schema: creditEntryBody }) { amount, note }: CreditEntryBody,
  ): Promise<CreditAccountAnswer> {
    const entry = { amountMinor: amount, note, reference: key };
    return accountAnswerOf(await this.credit.enter({ storeCode: store, id }, currency, entry));
  }

  @Put(':currency/limit')
  @RequirePermission('customers:credit:update')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say how far below zero orders may take an account' })
  @Answers(200, creditAccountAnswer, 'The account.')
  async setLimit(
    @Param({ schema: creditParams }) { id, currency }: CreditParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @Body({ schema: creditLimitBody }) { limit }: CreditLimitBody,
  ): Promise<CreditAccountAnswer> {
    return accountAnswerOf(await this.credit.setLimit({ storeCode: store, id }, currency, limit));
  }
}
