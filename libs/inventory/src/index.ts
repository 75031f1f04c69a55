export { inventoryErrors } from './model/inventory.errors.js';
export { movementLimits, type StockMovementRequest } from './model/stock-movement.js';
export { inventoryTags } from './model/inventory.tags.js';
export { StockBook, type ProductStock, type StockChange } from './model/stock-book.js';
export {
  NO_STOCK,
  settledStock,
  stockBreaches,
  type Availability,
  type StoredStock,
  type VariantStock,
} from './model/stock.js';
export { StockedProducts, type VariantAddress } from './model/stocked-products.js';
export { AvailabilityReader } from './storefront/availability.reader.js';
export { AvailabilityRecords, type ShownAvailability } from './storefront/availability-records.js';
export { BestAvailabilityViewRepository } from './storefront/best-availability-view.repository.js';
export { InventoryModule } from './storefront/inventory.module.js';
export { inventorySlice } from './slice.js';
export { InventoryModelModule } from './model/inventory-model.module.js';
export type { StockDemand } from './model/stock-statements.js';
export { StockHolds, type KeptStock } from './model/stock-holds.js';
export { LocationCodes } from './model/location-codes.js';
export { StockTaker, type GivenBackStock, type TakenStock } from './model/stock-taker.js';
