export { StoreDirectory } from './authoring/store.directory.js';
export { StoreEditor, type StorePatch } from './authoring/store.editor.js';
export { StoreRepository } from './authoring/store.repository.js';
export { StoresAuthoringModule } from './authoring/stores-authoring.module.js';
export { storesAuthoringSlice } from './authoring/slice.js';
export { ShippingMethodEditor } from './authoring/shipping-method.editor.js';
export { StoreSettingsEditor } from './authoring/store-settings.editor.js';
