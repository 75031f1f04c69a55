export { cdnErrors } from './cdn.errors.js';
export { encodeTag, tagHeaderFor, type TagHeader } from './tag-header.js';
