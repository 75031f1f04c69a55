import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CustomerGroupEditor } from '#authoring/customers';
import {
  Answers,
  idParams,
  IfMatch,
  pageById,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  groupAnswer,
  groupBody,
  groupListQuery,
  groupNameBody,
  groupPage,
  type GroupAnswer,
  type GroupBody,
  type GroupListQuery,
  type GroupNameBody,
} from './customer.schemas.js';

/** Customers who are treated alike. */
@ApiTags('Customers')
@Controller('customer-groups')
export class CustomerGroupController {
  constructor(private readonly groups: CustomerGroupEditor) {}

  @Get()
  @RequirePermission('customers:group:read')
  @ApiOperation({ summary: 'List customer groups' })
  @Answers(200, groupPage, 'Groups of the store, oldest first.')
  list(@Query({ schema: groupListQuery }) query: GroupListQuery): Promise<Page<GroupAnswer>> {
    const { store, ...page } = query;
    return pageById(
      page,
      (after = '', limit) => this.groups.list(store, after, limit),
      (group) => group,
    );
  }

  @Post()
  @RequirePermission('customers:group:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Make a customer group' })
  @Answers(201, groupAnswer, 'The group. Its code stays as it is.')
  create(
    @Query({ schema: storeScope }) { store }: StoreScope,
    @Body({ schema: groupBody }) body: GroupBody,
  ): Promise<GroupAnswer> {
    return this.groups.create(store, body);
  }

  @Patch(':id')
  @RequirePermission('customers:group:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Rename a customer group' })
  @Answers(200, groupAnswer, 'The group.')
  rename(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: groupNameBody }) { name }: GroupNameBody,
  ): Promise<GroupAnswer> {
    return this.groups.rename(store, id, version, name);
  }

  @Delete(':id')
  @RequirePermission('customers:group:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a customer group' })
  @Answers(204, undefined, 'The group had no customers, and is gone.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.groups.remove(store, id, version);
  }
}
