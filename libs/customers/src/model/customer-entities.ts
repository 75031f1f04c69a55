import { CreditAccountEntity } from './credit-account.entity.js';
import { CreditEntryEntity } from './credit-entry.entity.js';
import { CustomerAddressEntity } from './customer-address.entity.js';
import { CustomerGroupEntity } from './customer-group.entity.js';
import { CustomerTokenEntity } from './customer-token.entity.js';
import { CustomerEntity } from './customer.entity.js';
import { PersonalExportChunkEntity } from './personal-export-chunk.entity.js';
import { PersonalExportEntity } from './personal-export.entity.js';
import { ShopperSessionEntity } from './shopper-session.entity.js';
import { WishListItemEntity } from './wish-list-item.entity.js';

/** The tables that this library owns. */
export const customerEntities = [
  CustomerGroupEntity,
  CustomerEntity,
  CustomerAddressEntity,
  CustomerTokenEntity,
  ShopperSessionEntity,
  WishListItemEntity,
  CreditAccountEntity,
  CreditEntryEntity,
  PersonalExportEntity,
  PersonalExportChunkEntity,
];
