/** A table or an entity that a source text names. */
interface Named {
  readonly name: string;
  readonly line: number;
}

const NAMES: readonly RegExp[] = [
  // SQL keywords are in capitals here, so prose is not mistaken for them.
  /\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+["[]?(\w+)/g,
  /\b(?:insert|identifier|insertRows|deleteRows)\(\s*(?:[\w.]+,\s*)?'(\w+)'/g,
  // Arguments by name, and unions of what such an argument may be.
  /\b(?:table|tableName)\??:\s*((?:\|?\s*'\w+'\s*)+)/g,
  /\b(\w+Entity)\b/g,
];

/** Names in the order in which they stand in the text; comment lines are left out. */
function namedTables(text: string): readonly Named[] {
  const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  return NAMES.flatMap((pattern) =>
    [...code.matchAll(pattern)].flatMap((match) =>
      (match[1] ?? '').split(/\W+/).map((name) => ({
        name,
        line: code.slice(0, match.index).split('\n').length,
      })),
    ),
  );
}

/** What the file of `owner` names of others, one line for each. */
export function foreignTables(
  file: { readonly path: string; readonly owner: string; readonly text: string },
  owners: ReadonlyMap<string, string>,
): readonly string[] {
  return namedTables(file.text).flatMap(({ name, line }) => {
    const owner = owners.get(name);
    return owner === undefined || owner === file.owner
      ? []
      : [
          `${file.path}:${line} names ${name}, which ${owner} owns: ask its door, or let it register`,
        ];
  });
}
