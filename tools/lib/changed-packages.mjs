// What is changed of packages when they are bundled: each a text of a file of a package that has to be there exactly once.
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

const CHANGES = [
  {
    // It asks for TypeORM through a `require` of its own, which would load another TypeORM beside the one in the bundle.
    file: '@nestjs/typeorm/dist/common/typeorm-compat.js',
    found: 'const require = createRequire(import.meta.url);',
    written: '',
  },
  {
    // The only package with a character outside ASCII that esbuild leaves as it is.
    file: 'ansis/index.cjs',
    found: '[\u001B\u009B][[()#;?]*',
    written: String.raw`[\u001B\u009B][[()#;?]*`,
  },
];

/** An esbuild plugin. The build fails when a package is no longer as it was when its change was written, or not in the bundle. */
export const changedPackages = {
  name: 'changed packages',
  setup(build) {
    const changed = new Set();
    for (const change of CHANGES) {
      const file = join('node_modules', ...change.file.split('/'));
      const filter = new RegExp(`${escaped(sep + file)}$`);
      build.onLoad({ filter }, async ({ path }) => {
        const parts = (await readFile(path, 'utf8')).split(change.found);
        if (parts.length !== 2)
          throw new Error(noLonger(change, `is there ${parts.length - 1} times`));
        changed.add(change);
        return { contents: parts.join(change.written), loader: 'js' };
      });
    }
    build.onEnd(({ errors }) => {
      if (errors.length > 0) return {};
      const missed = CHANGES.filter((change) => !changed.has(change));
      return { errors: missed.map((change) => ({ text: noLonger(change, 'is in no bundle') })) };
    });
  },
};

function noLonger({ file, found }, what) {
  return `${JSON.stringify(found)} of ${file} ${what}, and has to be there once: tools/lib/changed-packages.mjs changes it`;
}

function escaped(text) {
  return text.replace(/[.\\/]/g, '\\$&');
}
