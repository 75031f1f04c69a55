export { LimitsModule } from './limits.module.js';
export {
  RequestLimits,
  type AskingClient,
  type LimitOf,
  type LimitVerdict,
} from './request-limits.js';
