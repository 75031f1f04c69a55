// Jest's resolver: our files by the names of what they are compiled to, and packages of the bundle.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBundled, standInFile } from './bundled-packages.mjs';

/**
 * A file of a bundled package that is not in the list has no stand-in: the suite fails with the name of that file, instead of
 * loading a second copy of what it has already.
 */
export function sync(name, options) {
  const { basedir, rootDir, defaultResolver } = options;
  if (isBundled(name)) return standInFile(rootDir, name);
  if (name.startsWith('.') && name.endsWith('.js')) {
    const source = join(basedir, name.replace(/\.js$/, '.ts'));
    if (!basedir.includes('node_modules') && existsSync(source)) return source;
  }
  return defaultResolver(name, options);
}
