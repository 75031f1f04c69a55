import { Injectable } from '@nestjs/common';
import { CoherentCache, type CachedReader } from '#libs/cache';
import type { MaybePromise } from '#libs/kernel';
import { afterValue } from '../model/after-value.js';
import { catalogErrors } from '../model/catalog.errors.js';
import { catalogTags } from '../model/catalog.tags.js';
import type { Picture } from '../model/picture.js';
import { PictureViewRepository } from './picture-view.repository.js';

const TTL_MS = 10 * 60_000;

/** The pictures that the installation holds, by their path, from the cache. */
@Injectable()
export class PictureReader {
  private readonly reader: CachedReader<string, Picture>;

  constructor(cache: CoherentCache, pictures: PictureViewRepository) {
    this.reader = cache.reader<string, Picture>({
      name: 'catalog.picture',
      key: (path) => path,
      keyOf: (text) => text,
      tags: (path) => [catalogTags.picture(path)],
      load: (path) => pictures.find(path),
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Throws `catalog.picture-not-found`. */
  get(path: string): MaybePromise<Picture> {
    return afterValue(this.reader.get(path), (picture) => {
      if (picture === undefined) throw catalogErrors.pictureNotFound({ details: { path } });
      return picture;
    });
  }
}
