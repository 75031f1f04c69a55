export { InventoryAuthoringModule } from './authoring/inventory-authoring.module.js';
export { releaseHoldsSchedule } from './authoring/holds/release-holds.schedule.js';
export { StockDirectory } from './authoring/stock.directory.js';
export { LocationEditor } from './authoring/location.editor.js';
export type { MovedStock } from './authoring/stock-item.repository.js';
export type { StoredLocation } from './authoring/location.repository.js';
export { StockMover } from './authoring/stock-mover.js';
export { StockEditor } from './authoring/stock.editor.js';
export { inventoryAuthoringSlice } from './authoring/slice.js';
