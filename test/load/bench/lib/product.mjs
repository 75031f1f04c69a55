// The product is measured as it ships: the compiled modules of dist/, by path, because the benchmark is a package of its own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../../../tools/lib/run.mjs';

/** Imports `libs/cache/src/index` and the like from dist/. */
export function fromDist(path) {
  return import(pathToFileURL(join(projectRoot, 'dist', `${path}.js`)).href);
}

/** A package in the version the product uses, where the workspace has another one. */
export const requireOfProduct = createRequire(join(projectRoot, 'package.json'));
