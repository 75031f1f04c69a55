// Jest's testSequencer: the suites that start whole fleets, which are long and use processors, stand evenly among the
// first of the others, which are short and mostly wait. The end of the run is left to short ones.
import Sequencer from '@jest/test-sequencer';

const OTHERS_PER_FLEET = 4;

export default class FleetsAmongOthers extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isFleet = ({ context }) => context.config.displayName?.name === 'e2e';
    const fleets = sorted.filter(isFleet);
    const others = sorted.filter((test) => !isFleet(test));
    const mixed = fleets.flatMap((fleet, index) => [
      fleet,
      ...others.slice(index * OTHERS_PER_FLEET, (index + 1) * OTHERS_PER_FLEET),
    ]);
    return [...mixed, ...others.slice(fleets.length * OTHERS_PER_FLEET)];
  }
}
