import { MemoryEngineWorld } from '../../../test/memory-engine-world.js';
import { describeSearchEngine } from '../../../test/search-engine.contract.js';
import { describeSearchFollowing } from '../../../test/search-following.contract.js';
import { describeSearchWords } from '../../../test/search-words.contract.js';

const open = (patienceMs?: number) => new MemoryEngineWorld(patienceMs);

describeSearchEngine('in memory', open);
describeSearchWords('in memory', open);
describeSearchFollowing('in memory', open);
