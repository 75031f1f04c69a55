export { CouponBatchEditor } from './authoring/coupon-batch.editor.js';
export { CouponDirectory } from './authoring/coupon.directory.js';
export { CouponEditor } from './authoring/coupon.editor.js';
export { PromotionDirectory } from './authoring/promotion.directory.js';
export { PromotionDrafts } from './authoring/promotion-drafts.js';
export { PromotionEditor } from './authoring/promotion.editor.js';
export { PromotionsAuthoringModule } from './authoring/promotions-authoring.module.js';
export { promotionsAuthoringSlice } from './authoring/slice.js';
