/**
 * What this code makes of some products: a digest of the bytes of their index. A file that code of another digest has written
 * is not used, since it would mix two ways of folding, stemming, weighing or laying out. Where it is not the right one
 * any more, the test beside this file says which is.
 */
export const INDEX_CODE = '91Ll7wWq-xfOMH8T';
