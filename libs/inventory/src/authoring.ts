export { InventoryAuthoringModule } from './authoring/inventory-authoring.module.js';
export { StockDirectory } from './authoring/stock.directory.js';
export { StockEditor } from './authoring/stock.editor.js';
export { inventoryAuthoringSlice } from './authoring/slice.js';
