// One failed test kills a mutant: the rest of its suite is skipped.
import PackagesEnvironment from '../../support/jest/packages/environment.mjs';

export default class FailFastEnvironment extends PackagesEnvironment {
  #hasFailed = false;

  handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) this.#hasFailed = true;
    if (event.name === 'test_start' && this.#hasFailed) event.test.mode = 'skip';
  }
}
