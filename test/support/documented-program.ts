import { readFile } from 'node:fs/promises';

/** The TypeScript pieces of a document, in their order, as one program that a compiler to CommonJS takes. */
export async function programOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const pieces = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, piece = '']) => piece);
  if (pieces.length === 0) throw new Error(`${path} has no piece of TypeScript`);
  const lines = pieces.join('\n').split('\n');
  const isImport = (line: string): boolean => line.startsWith('import ');
  return [
    ...lines.filter(isImport),
    'async function main() {',
    ...lines.filter((line) => !isImport(line)),
    '}',
    'void main();',
    '',
  ].join('\n');
}
