import { DiscoveryService } from '@nestjs/core';

/**
 * Removes the expired rows of one slice's tables. The slice that owns the tables provides it; the
 * scheduled job finds it by its decorator.
 */
export interface PrunesPlatform {
  /**
   * Removes at most a bounded batch of what expired before `now` (epoch ms), in units of work of its
   * own. Answers how many rows went; it is called again until that is 0.
   */
  pruneBatch(now: number): Promise<number>;
}

export const PlatformPrunerMark = DiscoveryService.createDecorator<string>();

/** Makes an injectable class part of the scheduled pruning; `name` is for logs and the job's result. */
export function PlatformPruner(
  name: string,
): (target: new (...dependencies: never[]) => PrunesPlatform) => void {
  return (target) => PlatformPrunerMark(name)(target);
}
