// The demo shop as data: what it sells is written here, how it gets into a database is not.
export { demoPicture } from './demo-picture.js';
export {
  demoPicturePath,
  demoShop,
  type DemoCategory,
  type DemoProduct,
  type DemoShop,
  type DemoStore,
} from './demo-shop.js';
