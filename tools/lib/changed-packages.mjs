// What is changed of packages when they are bundled, and what is left out of them.
import { readFile } from 'node:fs/promises';

/** Each a text of a file that has to be there exactly once. */
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

/** Files that a replica has no use for, with what is written instead, for who asks for them all the same. */
const LEFT_OUT = [
  {
    // TypeORM's drivers of other databases.
    files: String.raw`typeorm/driver/(?:aurora-\w+|capacitor|cockroachdb|cordova|expo|mongodb|mysql|nativescript)/\w+Driver\.js`,
    written: '',
  },
  {
    files: String.raw`typeorm/driver/(?:oracle|postgres|react-native|sap|spanner|sqljs)/\w+Driver\.js`,
    written: '',
  },
  // Queues in a database.
  { files: String.raw`bullmq/dist/cjs/postgres/index\.js`, written: '' },
  {
    // What is wrong with a value is said in English.
    files: String.raw`zod/v4/locales/index\.js`,
    written: "export { default as en } from './en.js';",
  },
];

/** An esbuild plugin. The build fails when a package is no longer as it was when this was written, or not in the bundle. */
export const changedPackages = {
  name: 'changed packages',
  setup(build) {
    const met = new Set();
    for (const change of CHANGES) {
      const { file, found, written } = change;
      build.onLoad(
        { filter: inPackages(file.replaceAll('.', String.raw`\.`)) },
        async ({ path }) => {
          met.add(change);
          const parts = (await readFile(path, 'utf8')).split(found);
          if (parts.length === 2) return { contents: parts.join(written), loader: 'js' };
          const text = `${JSON.stringify(found)} has to be there once, and is there ${parts.length - 1} times`;
          return { errors: [{ text, location: { file: path } }] };
        },
      );
    }
    for (const left of LEFT_OUT) {
      build.onLoad({ filter: inPackages(left.files) }, () => {
        met.add(left);
        return { contents: left.written, loader: 'js' };
      });
    }
    build.onEnd(({ errors }) => {
      const missed = [...CHANGES, ...LEFT_OUT].filter((each) => !met.has(each));
      if (errors.length > 0) return {};
      return {
        errors: missed.map((each) => ({ text: `no bundle has ${each.file ?? each.files}` })),
      };
    });
  },
};

function inPackages(files) {
  return new RegExp(`/node_modules/${files}$`.replaceAll('/', String.raw`[\\/]`));
}
