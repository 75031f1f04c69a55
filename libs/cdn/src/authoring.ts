export { CdnAuthoringModule } from './cdn-authoring.module.js';
export { TagDeriver, type DerivesTags } from './purging/derived-tags.js';
