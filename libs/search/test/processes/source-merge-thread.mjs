// The thread that merges, from the sources: Node.js alone removes types, but finds no .ts behind .js.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const [, library] = /^#libs\/([a-z-]+)$/.exec(specifier) ?? [];
    if (library !== undefined) return next(new URL(`libs/${library}/src/index.ts`, root).href);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL ?? root);
    if (specifier.startsWith('.') && existsSync(source)) return next(source.href);
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    const source = stripTypeScriptTypes(text, { mode: 'transform' });
    return { format: 'module', source, shortCircuit: true };
  },
});

await import('../../src/storefront/merging/merge-thread.ts');
