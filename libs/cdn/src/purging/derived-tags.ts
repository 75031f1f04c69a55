import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/**
 * Tags that answers carry and no writer names, because each replica works out from a row of the log that
 * they are void. The slice that does so provides the same for shared caches, which work out nothing.
 */
export interface DerivesTags {
  /** What is void along with these tags of rows that have committed. Naming too much is harmless. */
  derive(tags: readonly string[]): Promise<readonly string[]>;
}

const TagDeriverMark = DiscoveryService.createDecorator<string>();

/** Makes an injectable class part of what is purged; `name` is for the reader. */
export function TagDeriver(
  name: string,
): (target: new (...dependencies: never[]) => DerivesTags) => void {
  return (target) => TagDeriverMark(name)(target);
}

/** What all slices derive. Needs `DiscoveryModule`. */
@Injectable()
export class DerivedTags {
  constructor(private readonly discovery: DiscoveryService) {}

  async with(tags: readonly string[]): Promise<readonly string[]> {
    const all = new Set(tags);
    for (const wrapper of this.discovery.getProviders()) {
      if (this.discovery.getMetadataByDecorator(TagDeriverMark, wrapper) === undefined) continue;
      // Sound because the decorator accepts only classes that derive.
      for (const tag of await (wrapper.instance as DerivesTags).derive(tags)) all.add(tag);
    }
    return [...all];
  }
}
