import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RoleEditor, type RoleView } from '#authoring/identity';
import { PermissionCatalog, type Principal } from '#libs/identity';
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
  permissionsAnswer,
  roleAnswer,
  roleBody,
  rolePage,
  type PermissionsAnswer,
  type RoleAnswer,
  type RoleBody,
} from './role.schemas.js';

@ApiTags('Roles')
@Controller()
export class RoleController {
  constructor(
    private readonly roles: RoleEditor,
    private readonly catalog: PermissionCatalog,
  ) {}

  @Get('permissions')
  @RequirePermission('identity:role:read')
  @ApiOperation({ summary: 'List permissions' })
  @Answers(200, permissionsAnswer, 'Every permission a role or an API key may hold.')
  permissions(): PermissionsAnswer {
    return { items: this.catalog.list() };
  }

  @Get('roles')
  @RequirePermission('identity:role:read')
  @ApiOperation({ summary: 'List roles' })
  @Answers(200, rolePage, 'Roles, oldest first.')
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<RoleAnswer>> {
    return pageById(query, (after = '', limit) => this.roles.list(after, limit), toAnswer);
  }

  @Get('roles/:id')
  @RequirePermission('identity:role:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a role' })
  @Answers(200, roleAnswer, 'The role.')
  async get(@Param({ schema: idParams }) { id }: IdParams): Promise<RoleAnswer> {
    return toAnswer(await this.roles.get(id));
  }

  @Post('roles')
  @RequirePermission('identity:role:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a role' })
  @Answers(201, roleAnswer, 'The new role.')
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: roleBody }) body: RoleBody,
  ): Promise<RoleAnswer> {
    return toAnswer(await this.roles.create(principal, body));
  }

  @Put('roles/:id')
  @RequirePermission('identity:role:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a role' })
  @Answers(200, roleAnswer, 'The changed role.')
  async update(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: idParams }) { id }: IdParams,
    @IfMatch() version: number,
    @Body({ schema: roleBody }) body: RoleBody,
  ): Promise<RoleAnswer> {
    return toAnswer(await this.roles.update(principal, id, version, body));
  }

  @Delete('roles/:id')
  @RequirePermission('identity:role:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a role' })
  @Answers(204, undefined, 'The role is gone.')
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: idParams }) { id }: IdParams,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.roles.delete(principal, id, version);
  }
}

function toAnswer(role: RoleView): RoleAnswer {
  return {
    id: role.id,
    name: role.name,
    permissions: [...role.permissions],
    version: role.version,
    createdAt: isoTime(role.createdAt),
    updatedAt: isoTime(role.updatedAt),
  };
}
