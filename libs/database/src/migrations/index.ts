import { Platform1730000000001 } from './0001-platform.js';
import { Identity1730000000002 } from './0002-identity.js';
import { Catalog1730000000003 } from './0003-catalog.js';
import { HotKeys1730000000004 } from './0004-hot-keys.js';
import { Pictures1730000000005 } from './0005-pictures.js';
import { Installation1730000000006 } from './0006-installation.js';
import { PricesAndStock1730000000007 } from './0007-prices-and-stock.js';
import { Shop1730000000008 } from './0008-shop.js';
import { Promotions1730000000009 } from './0009-promotions.js';
import { Customers1730000000010 } from './0010-customers.js';
import { Payments1730000000011 } from './0011-payments.js';
import { Fulfilment1730000000012 } from './0012-fulfilment.js';
import { Search1730000000014 } from './0014-search.js';
import { Scaling1730000000015 } from './0015-scaling.js';
import { WaivedPayments1730000000016 } from './0016-waived-payments.js';
import { UnconfirmedCustomers1730000000017 } from './0017-unconfirmed-customers.js';
import { UnpaidOrders1730000000018 } from './0018-unpaid-orders.js';
import { Invoices1730000000019 } from './0019-invoices.js';
import { SearchRules1730000000021 } from './0021-search-rules.js';
import { Repricing1730000000022 } from './0022-repricing.js';
import { RelativePriceLists1730000000023 } from './0023-relative-price-lists.js';
import { CdnPurges1730000000024 } from './0024-cdn-purges.js';
import { StockMovements1730000000027 } from './0027-stock-movements.js';
import { PersonalExports1730000000030 } from './0030-personal-exports.js';
import { AwaitedStock1730000000031 } from './0031-awaited-stock.js';
import { OrderDrafts1730000000032 } from './0032-order-drafts.js';
import { PopularQueries1730000000034 } from './0034-popular-queries.js';
import { PublishedProducts1730000000035 } from './0035-published-products.js';
import { StockHolds1730000000036 } from './0036-stock-holds.js';
import { SellingLocations1730000000037 } from './0037-selling-locations.js';
import { BalancePayments1730000000038 } from './0038-balance-payments.js';
import { FacetSettings1730000000039 } from './0039-facet-settings.js';
import { PopularProducts1730000000040 } from './0040-popular-products.js';

/** The history of the one database, oldest first. A migration that has shipped is never changed. */
export const migrations = [
  Platform1730000000001,
  Identity1730000000002,
  Catalog1730000000003,
  HotKeys1730000000004,
  Pictures1730000000005,
  Installation1730000000006,
  PricesAndStock1730000000007,
  Shop1730000000008,
  Promotions1730000000009,
  Customers1730000000010,
  Payments1730000000011,
  Fulfilment1730000000012,
  Search1730000000014,
  Scaling1730000000015,
  WaivedPayments1730000000016,
  UnconfirmedCustomers1730000000017,
  UnpaidOrders1730000000018,
  Invoices1730000000019,
  SearchRules1730000000021,
  Repricing1730000000022,
  RelativePriceLists1730000000023,
  CdnPurges1730000000024,
  StockMovements1730000000027,
  PersonalExports1730000000030,
  AwaitedStock1730000000031,
  OrderDrafts1730000000032,
  PopularQueries1730000000034,
  PublishedProducts1730000000035,
  StockHolds1730000000036,
  SellingLocations1730000000037,
  BalancePayments1730000000038,
  FacetSettings1730000000039,
  PopularProducts1730000000040,
];
