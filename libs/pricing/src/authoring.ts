export { PriceDirectory } from './authoring/price.directory.js';
export { PriceEditor } from './authoring/price.editor.js';
export { PricingAuthoringModule } from './authoring/pricing-authoring.module.js';
export {
  RepricingForecast,
  type ForeseenRepricing,
} from './authoring/repricing/repricing-forecast.js';
export type { RepricedPrice } from './authoring/repricing/repriced-price.repository.js';
export { RepricingDirectory } from './authoring/repricing/repricing.directory.js';
export {
  RepricingEditor,
  type AcceptedRepricing,
  type RepricingRequest,
} from './authoring/repricing/repricing.editor.js';
export { RelativeListDirectory } from './authoring/relative-list/relative-list.directory.js';
export { RelativeListEditor } from './authoring/relative-list/relative-list.editor.js';
export { pricingAuthoringSlice } from './authoring/slice.js';
