import { Controller, Get } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Public, RequirePermission } from '#libs/http';
import { PermissionCatalog } from '../../model/permission-catalog.js';
import { DeclaredPermissions } from './declared-permissions.js';

@Controller('good')
class GoodController {
  @Get('open')
  @Public()
  open(): void {}

  @Get('own')
  @RequirePermission('self:session:read')
  own(): void {}
}

@Controller('bad')
class BadController {
  @Get()
  @RequirePermission('catalog:product:read', 'catalog:prodcut:update')
  misspelt(): void {}
}

const catalog = new PermissionCatalog({ 'catalog:product:read': 'See products' });

describe('DeclaredPermissions', () => {
  const start = async (controllers: (typeof GoodController | typeof BadController)[]) => {
    const module = await Test.createTestingModule({
      controllers,
      providers: [DeclaredPermissions, { provide: PermissionCatalog, useValue: catalog }],
    }).compile();
    await module.init();
    await module.close();
  };

  it('lets an application start whose routes ask for known permissions', async () => {
    await expect(start([GoodController])).resolves.toBeUndefined();
  });

  it('refuses a misspelt permission by its name', async () => {
    await expect(start([GoodController, BadController])).rejects.toMatchObject({
      code: 'identity.undeclared-permission',
      family: 'defect',
      message: expect.stringMatching(/not declared: catalog:prodcut:update$/),
    });
  });
});
