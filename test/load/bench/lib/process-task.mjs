/** The child's side of `inProcess`: runs `task` with the options that arrive and sends its answer. Ends with the runner. */
export function answerOnce(task) {
  process.on('disconnect', () => process.exit(0));
  const carryOut = async (options) => {
    try {
      process.send(await task(options));
    } catch (error) {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    }
  };
  process.once('message', (options) => void carryOut(options));
}
