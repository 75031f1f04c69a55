import { Inject, Optional } from '@nestjs/common';
import { CoherentCache } from '#libs/cache';

/** Where the cache is put on the controller. */
const CACHE = Symbol('CoherentCache');

interface Controller {
  readonly [CACHE]?: CoherentCache;
}

type Handler = (this: Controller, ...given: unknown[]) => unknown;

/**
 * The answer of a handler, with all parts of one state of the database: the handler is run again, with what it was given,
 * when a change came between what it read. For handlers that do nothing but read. No interceptor: those of Nest make
 * several observables of each answer.
 */
export function WholeAnswer(): MethodDecorator {
  return (target, _name, descriptor) => {
    Optional()(target, CACHE);
    Inject(CoherentCache)(target, CACHE);
    const handler = descriptor.value as Handler;
    const whole: Handler = function (...given) {
      const handle = async () => handler.apply(this, given);
      return this[CACHE] === undefined ? handle() : this[CACHE].whole(handle);
    };
    // By its name the parameters and the id of the operation are found, and by metadata what decorators below have noted.
    Object.defineProperty(whole, 'name', { value: handler.name });
    for (const key of Reflect.getOwnMetadataKeys(handler)) {
      Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, handler), whole);
    }
    descriptor.value = whole as typeof descriptor.value;
  };
}
