export { PriceDirectory } from './authoring/price.directory.js';
export { PriceEditor } from './authoring/price.editor.js';
export { PricingAuthoringModule } from './authoring/pricing-authoring.module.js';
export { pricingAuthoringSlice } from './authoring/slice.js';
