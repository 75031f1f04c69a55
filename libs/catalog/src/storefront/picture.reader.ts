import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
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
      key: textKey,
      tags: (path) => [catalogTags.picture(path)],
      load: (path) => pictures.find(path),
      ttlMs: TTL_MS,
      maxEntries: 1_000,
    });
  }

  /** Throws `catalog.picture-not-found`. */
  async get(path: string): Promise<Picture> {
    const picture = await this.reader.get(path);
    if (picture === undefined) throw catalogErrors.pictureNotFound({ details: { path } });
    return picture;
  }
}
