import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, StaffUserEditor, type StaffUserView } from '#authoring/identity';
import type { Principal } from '#libs/identity';
import {
  Answers,
  idParams,
  IfMatch,
  isoTime,
  pageById,
  pageQuery,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
  type PageQuery,
} from '#libs/http';
import {
  newStaffUserBody,
  staffUserAnswer,
  staffUserChangeBody,
  staffUserPage,
  type NewStaffUserBody,
  type StaffUserAnswer,
  type StaffUserChangeBody,
} from './staff-user.schemas.js';

@ApiTags('Staff users')
@Controller('users')
export class StaffUserController {
  constructor(private readonly users: StaffUserEditor) {}

  @Get()
  @RequirePermission('identity:user:read')
  @ApiOperation({ summary: 'List staff users' })
  @Answers(200, staffUserPage, 'Staff users, oldest first.')
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<StaffUserAnswer>> {
    return pageById(query, (after = '', limit) => this.users.list(after, limit), toAnswer);
  }

  @Get(':id')
  @RequirePermission('identity:user:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a staff user' })
  @Answers(200, staffUserAnswer, 'The staff user.')
  async get(@Param({ schema: idParams }) { id }: IdParams): Promise<StaffUserAnswer> {
    return toAnswer(await this.users.get(id));
  }

  @Post()
  @RequirePermission('identity:user:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a staff user' })
  @Answers(201, staffUserAnswer, 'The new staff user.')
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newStaffUserBody }) body: NewStaffUserBody,
  ): Promise<StaffUserAnswer> {
    return toAnswer(await this.users.create(principal, body));
  }

  @Patch(':id')
  @RequirePermission('identity:user:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a staff user' })
  @Answers(200, staffUserAnswer, 'The changed staff user.')
  async update(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: idParams }) { id }: IdParams,
    @IfMatch() version: number,
    @Body({ schema: staffUserChangeBody }) body: StaffUserChangeBody,
  ): Promise<StaffUserAnswer> {
    return toAnswer(await this.users.update(principal, id, version, body));
  }

  @Delete(':id')
  @RequirePermission('identity:user:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a staff user' })
  @Answers(204, undefined, 'The user is gone, the sessions have ended, the API keys are revoked.')
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: idParams }) { id }: IdParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.users.delete(principal, id, version);
  }
}

function toAnswer(user: StaffUserView): StaffUserAnswer {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    isActive: user.isActive,
    roles: user.roles.map(({ id, name }) => ({ id, name })),
    version: user.version,
    createdAt: isoTime(user.createdAt),
    updatedAt: isoTime(user.updatedAt),
  };
}
