/** The version of the product; equal to the one in package.json. */
export const PRODUCT_VERSION = '0.1.0';
