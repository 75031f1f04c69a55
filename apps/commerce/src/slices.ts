// The slices of the role, one a line; `npm run new:slice` adds its own.
export { catalogSlice } from '#libs/catalog';
export { storesSlice } from '#libs/stores';
