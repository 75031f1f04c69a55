export { PushAuthoringModule } from './push-authoring.module.js';
