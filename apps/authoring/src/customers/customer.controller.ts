import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CustomerDirectory, CustomerEditor, CustomerErasure } from '#authoring/customers';
import {
  Answers,
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
  customerAnswer,
  customerAnswerOf,
  customerListQuery,
  customerPage,
  customerPatchBody,
  erasureAnswer,
  type CustomerAnswer,
  type CustomerListQuery,
  type CustomerPatchBody,
  type ErasureAnswer,
} from './customer.schemas.js';

/** Customers of a store, and what staff do about them. */
@ApiTags('Customers')
@Controller('customers')
export class CustomerController {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly editor: CustomerEditor,
    private readonly erasure: CustomerErasure,
  ) {}

  @Get()
  @RequirePermission('customers:customer:read')
  @ApiOperation({ summary: 'Search customers' })
  @Answers(200, customerPage, 'Customers of the store, newest first.')
  list(
    @Query({ schema: customerListQuery }) query: CustomerListQuery,
  ): Promise<Page<CustomerAnswer>> {
    const { store, email, name, group, isBlocked, ...page } = query;
    return pageByCreation(
      page,
      (after, limit) => this.directory.list(store, { email, name, group, isBlocked }, after, limit),
      customerAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('customers:customer:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a customer' })
  @Answers(200, customerAnswer, 'The customer.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<CustomerAnswer> {
    return customerAnswerOf(await this.directory.get(store, id));
  }

  @Patch(':id')
  @RequirePermission('customers:customer:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change, block or unblock a customer' })
  @Answers(200, customerAnswer, 'The customer. Who was blocked is signed out on every replica.')
  async change(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: customerPatchBody }) patch: CustomerPatchBody,
  ): Promise<CustomerAnswer> {
    return customerAnswerOf(await this.editor.update({ storeCode: store, id }, version, patch));
  }

  @Post(':id/erasure')
  @RequirePermission('customers:customer:erase')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have what is known of a customer taken away' })
  @Answers(202, erasureAnswer, 'The job that does it. Orders and credit entries stay.')
  async erase(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<ErasureAnswer> {
    return { jobId: await this.erasure.request({ storeCode: store, id }, version) };
  }
}
