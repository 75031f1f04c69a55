/**
 * Which lines of Jest's output a person wants to see while it runs: the suites as they finish, and what a test prints on purpose
 * with console.log (measured figures). Everything is in the log file.
 */
export function jestOutputFilter(print) {
  let isInConsole = false;
  let isRepeating = false;
  let suites = 0;
  return {
    line(line) {
      // What failed is printed once more at the end.
      if (line.startsWith('Summary of all failing tests')) isRepeating = true;
      if (isRepeating) return;
      if (/^\s*console\.(log|info)\s*$/.test(line)) {
        isInConsole = true;
      } else if (/^\s+at /.test(line) || /^(PASS|FAIL) /.test(line)) {
        isInConsole = false;
      } else if (isInConsole && line.trim() !== '') {
        print(`    ${line.trim()}`);
      }
      if (/^(PASS|FAIL) /.test(line)) suites += 1;
      if (line.startsWith('FAIL ')) print(`    ${line}`);
    },
    progress: () => (suites === 0 ? '' : `, ${suites} suites`),
  };
}
