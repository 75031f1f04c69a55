// What the rules of the boundaries are made of. CommonJS, as the configuration that requires it.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * The domain libraries there are, with the domain libraries that each declares to use. Throws, naming all of them, for
 * libraries and files that no rule would bind.
 * @param {string} root of the code base
 * @param {readonly string[]} platformOrder libraries without business meaning
 * @returns {Map<string, readonly string[]>}
 */
function librariesOnDisk(root, platformOrder) {
  const libs = path.join(root, 'libs');
  const onDisk = readdirSync(libs).filter((name) => existsSync(path.join(libs, name, 'src')));
  const domain = new Map(
    onDisk
      .filter((name) => existsSync(path.join(libs, name, 'library.json')))
      .map((name) => [
        name,
        JSON.parse(readFileSync(path.join(libs, name, 'library.json'), 'utf8')).uses,
      ]),
  );
  const problems = [
    ...onDisk.flatMap((name) => {
      const isPlatform = platformOrder.includes(name) || name === 'testing';
      if (isPlatform !== domain.has(name)) return [];
      return [
        `libs/${name} is ${isPlatform ? 'both' : 'neither'}: a domain library has a library.json that names the domain libraries it uses ({ "uses": [] }), any other a place in platformOrder of .dependency-cruiser.cjs`,
      ];
    }),
    ...[...domain].flatMap(([name, uses]) => [
      ...problemsOfUses(domain, name, uses),
      ...problemsOfRooms(name, readdirSync(path.join(libs, name, 'src'))),
    ]),
  ];
  if (problems.length > 0) throw new Error(`The boundaries:\n- ${problems.join('\n- ')}\n`);
  return domain;
}

function problemsOfUses(domain, name, uses) {
  const problems = [];
  for (const used of uses) {
    if (!domain.has(used))
      problems.push(`libs/${name}/library.json names no domain library: ${used}`);
    if (reaches(domain, used, name))
      problems.push(`libs/${name} and libs/${used} use each other: one of them declares a port`);
  }
  return problems;
}

function problemsOfRooms(name, entries) {
  return entries
    .filter((entry) => !/^(model|storefront|authoring|(index|authoring|slice)\.ts)$/.test(entry))
    .map(
      (entry) =>
        `libs/${name}/src/${entry} is in no room: move it to model, storefront or authoring`,
    );
}

function reaches(domain, from, to, seen = new Set()) {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (domain.get(from) ?? []).some((next) => reaches(domain, next, to, seen));
}

module.exports = { librariesOnDisk };
