export { FleetAuthoringModule } from './authoring/fleet-authoring.module.js';
