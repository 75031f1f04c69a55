// Jest's environment of Node with the bundled packages in it. Compiled once in a worker, run anew for each suite.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';
import { bundleFile } from './bundled-packages.mjs';

let script;

export default class PackagesEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const filename = bundleFile(config.projectConfig.rootDir);
    let packages;
    // What stands for a package asks for it by this name, see bundle-packages.mjs.
    this.global[Symbol.for('lockstep.packages')] = (require) => {
      if (packages !== undefined) return packages;
      script ??= new Script(readFileSync(filename, 'utf8'), { filename });
      const module = { exports: {} };
      const run = script.runInContext(this.getVmContext());
      run(require, module, module.exports, filename, dirname(filename), pathToFileURL(filename));
      packages = module.exports;
      return packages;
    };
  }
}
