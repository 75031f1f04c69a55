// The demo shop as data: what it sells is written here, how it gets into a database is not.
export { demoPicture } from './demo-picture.js';
export { demoShop, type DemoProduct, type DemoShop } from './demo-shop.js';
