const search = 'libs/search/src';
const compile = `${search}/model/rules/compile-rules.ts`;
const compileSpec = `${search}/model/rules/compile-rules.spec.ts`;
const resolve = `${search}/model/query/resolve-words.ts`;
const breaches = `${search}/model/rules/rule-breaches.ts`;
const editor = `${search}/authoring/rules/search-rule.editor.ts`;
const missLog = `${search}/model/noting/search-notes.ts`;
const missLogSpec = `${search}/model/noting/search-notes.spec.ts`;
const missRepository = `${search}/storefront/misses/miss.repository.ts`;
const missSpec = `${search}/storefront/misses/miss.recorder.int-spec.ts`;
const apiSpec = 'apps/authoring/src/search/search-api.int-spec.ts';
const shopSpec = 'apps/commerce/src/catalog/search-box.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'search rules: synonyms that go one way go both',
    promise: 'SearchRuleContent: but not the other way round',
    file: compile,
    replace: [
      [
        'for (const word of rule.words) add(word,',
        "for (const word of rule.kind === 'synonyms' ? rule.words : [...rule.words, ...rule.synonyms]) add(word,",
      ],
      [
        "rule.kind === 'synonyms' ? rule.words : rule.synonyms);",
        "rule.kind === 'synonyms' ? rule.words : [...rule.words, ...rule.synonyms]);",
      ],
    ],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a phrase of a rule is looked up without ae, oe, ue',
    promise: 'search.md: words are folded like those of products',
    file: compile,
    replace: [
      ['others.filter(isJoin(words)), spelledKeyOf(words)', 'others.filter(isJoin(words))'],
    ],
    suites: [compileSpec],
    isQuick: true,
  },
  {
    name: 'search rules: a phrase of a query is looked up without ae, oe, ue',
    promise: 'search.md: words are folded like those of products',
    file: compile,
    replace: [['spelledKeyOf(run, words[from + length])', 'keyOf(run)']],
    suites: [compileSpec],
    isQuick: true,
  },
  {
    name: 'search rules: a rule of one language holds in all',
    promise: 'rulesIn: those that hold in a language of the store',
    file: `${search}/model/rules/rules-in.ts`,
    replace: [['rule.locale === undefined || isOf(rule.locale, locale)', 'isOf(locale, locale)']],
    suites: [`${search}/model/rules/rules-in.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search rules: a rule of a country holds in its language',
    promise: 'rulesIn: de is that of de-CH too, and not the other way round',
    file: `${search}/model/rules/rules-in.ts`,
    replace: [['locale === language ||', "locale.split('-')[0] === language.split('-')[0] ||"]],
    suites: [`${search}/model/rules/rules-in.spec.ts`],
    isQuick: true,
  },
  {
    name: 'search rules: lists take the rules of every language',
    promise: 'SearchRulesReader: what staff say about the words of a store in one of its languages',
    file: `${search}/storefront/rules/search-rules.reader.ts`,
    replace: [['rulesIn(await this.rules.list(id), locale)', 'await this.rules.list(id)']],
    suites: [shopSpec],
  },
  {
    name: 'search rules: a change makes a rule for a language that the store has not',
    promise: 'SearchRuleEditor: a language that nobody can search in is refused',
    file: editor,
    replace: [['before;\n      assertSpoken(content, store);', 'before;']],
    suites: [apiSpec],
  },
  {
    name: 'search rules: one word of a phrase is enough',
    promise: 'QueryWord.synonyms: when a product has all of a list',
    file: `${search}/model/query/phrase-postings.ts`,
    replace: [['return place !== undefined;', 'return true;']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: many rules for one word slow every search for it down',
    promise: 'compileRules: of a word a bounded number of synonyms',
    file: compile,
    replace: [['&& known.size < ruleLimits.synonyms', '']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: phrases that overlap add up without end',
    promise: 'synonymsIn: of a word a bounded number of synonyms',
    file: compile,
    replace: [['if (own.size < ruleLimits.synonyms) own.set', 'own.set']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: phrases of a query have no synonyms',
    promise: 'synonymsIn: those of the word, and of phrases that it is in',
    file: compile,
    replace: [['length <= most; length += 1', 'length <= Math.min(1, most); length += 1']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a compound is found by its parts only',
    promise: 'keysOf: as one word where it is a compound, or with ae, oe, ue',
    file: compile,
    replace: [['...others.filter(isJoin(words)), spelledKeyOf(words)', 'spelledKeyOf(words)']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a synonym is worth what the word itself is',
    promise: 'qualities: behind what is called so itself',
    file: resolve,
    replace: [['addTerm(first, qualities.synonym)', 'addTerm(first, qualities.exact)']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: the newest redirect counts',
    promise: 'compileRules: of rules that contradict each other the first one counts',
    file: compile,
    replace: [['if (!redirects.has(key)) redirects', 'redirects']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a redirect may lead to another site in disguise',
    promise: 'isTarget: a path of the shop or an https address',
    file: breaches,
    replace: [["return !url.startsWith('//')", 'return true']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a redirect may be a script',
    promise: 'isTarget: never a script',
    file: breaches,
    replace: [['/^https:\\/\\/[^/]/i.test(url) ? URL.parse(url) : null', 'URL.parse(url)']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a redirect without slashes leads beside the page it is on',
    promise: 'isTarget: a path of the shop or an https address',
    file: breaches,
    replace: [['/^https:\\/\\/[^/]/i', '/^https:/i']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: a redirect shows a password',
    promise: "isTarget: nobody's password",
    file: breaches,
    replace: [[" && target.username === '' && target.password === ''", '']],
    suites: [compileSpec],
  },
  {
    name: 'search rules: lists do not follow a change of a rule',
    promise: 'SearchRulesReader: every list that was made with it follows a change',
    file: editor,
    replace: [
      [
        "      tx.invalidate(searchTags.rules(store.code));\n      audit(tx, before.id, { action: 'search:rule:update'",
        "      audit(tx, before.id, { action: 'search:rule:update'",
      ],
    ],
    suites: [shopSpec],
  },
  {
    name: 'search rules: those made at once are one too many',
    promise: 'SearchRuleEditor: of several that are made at once, none makes one too many',
    file: editor,
    replace: [
      [
        '(await this.rules.count(tx, id)) < ruleLimits.rules',
        '(await this.rules.count(tx, id)) <= ruleLimits.rules',
      ],
    ],
    suites: [apiSpec],
  },
  {
    name: 'search misses: addresses and numbers of people are noted',
    promise: 'notedForm: undefined for what looks like an address or a number of somebody',
    file: missLog,
    replace: [["if (query.includes('@') || digits >= TELLING_DIGITS) return undefined;\n", '']],
    suites: [missLogSpec],
  },
  {
    name: 'search misses: a flood fills the memory of a replica',
    promise: 'SearchNotes: holds a bounded number of different ones',
    file: missLog,
    replace: [['this.notes.size >= noteLimits.held', 'this.misses.size < 0']],
    suites: [missLogSpec],
  },
  {
    name: 'search misses: a flood fills the table',
    promise: 'MissRepository: of each store a bounded number',
    file: missRepository,
    replace: [['if (added.length > 0) await this.removeRarest(tx, storeId, rows);', '']],
    suites: [missSpec],
  },
  {
    name: 'search misses: a replica that stops loses what it has noted',
    promise: 'SearchRecorder: writes when it stops',
    file: `${search}/storefront/noting/search-recorder.ts`,
    replace: [
      ['    clearInterval(this.timer);\n    await this.write();', '    clearInterval(this.timer);'],
    ],
    suites: [missSpec],
  },
  {
    name: 'search misses: a replica that stops waits for the database once for each store',
    promise: 'SearchRecorder.write: all stores are in one database',
    file: `${search}/storefront/noting/search-recorder.ts`,
    replace: [['        if (err instanceof OperationalError) return;\n', '']],
    suites: [missSpec],
  },
  {
    name: 'search misses: what is new goes at once when there are many',
    promise: 'MissRepository.add: what is new stays',
    file: missRepository,
    replace: [[' AND id NOT IN ${sql.in(added.map(({ id }) => id))}', '']],
    suites: [missSpec],
  },
  {
    name: 'search misses: the most frequent go first',
    promise: 'MissRepository.add: the rarest go',
    file: missRepository,
    replace: [['ORDER BY miss_count, last_at, id', 'ORDER BY miss_count DESC, last_at, id']],
    suites: [missSpec],
  },
  {
    name: 'search misses: filters that leave nothing are noted',
    promise: 'SearchNoter: words that nothing answers, not filters that leave nothing',
    file: `${search}/storefront/noting/search-noter.ts`,
    replace: [['isNarrowed || after !== undefined) return;', 'after !== undefined) return;']],
    suites: [shopSpec],
  },
  {
    name: 'search notes: what a replica makes for itself is counted as asked for',
    promise: 'afterAnswer: not for a request that a replica makes to itself',
    file: 'libs/http/src/routes/after-answer.ts',
    replace: [['if (isOfClient && statusCode', 'if (statusCode']],
    suites: ['libs/http/src/output/cached-output.int-spec.ts'],
  },
  {
    name: 'search notes: an answer that is refused is counted',
    promise: 'afterAnswer: when the client has been answered with success',
    file: 'libs/http/src/routes/after-answer.ts',
    replace: [['isOfClient && statusCode < 400', 'isOfClient']],
    suites: ['libs/http/src/output/cached-output.int-spec.ts'],
  },
];
