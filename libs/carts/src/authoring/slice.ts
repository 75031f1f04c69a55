import type { Slice } from '#libs/slice';
import { cartsSlice } from '../slice.js';
import { CartsAuthoringModule } from './carts-authoring.module.js';

/** What carts are to the back office. */
export const cartsAuthoringSlice: Slice = { ...cartsSlice, modules: [CartsAuthoringModule] };
