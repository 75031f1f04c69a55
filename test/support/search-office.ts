import type { Store } from '#libs/stores';
import { startRedis, type OpenDatabaseFixture, type RedisFixture } from '#libs/testing';
import { IdentityApiModule } from '../../apps/authoring/src/identity/identity-api.module.js';
import type { ExplanationAnswer } from '../../apps/authoring/src/search/explain.schemas.js';
import { SearchApiModule } from '../../apps/authoring/src/search/search-api.module.js';
import { CatalogFixture } from '../../libs/catalog/test/catalog-fixture.js';
import { ifMatch } from './staff-accounts.js';
import { startStaffReplica, type Answer, type StaffReplica } from './staff-replica.js';

type Drafts = Parameters<CatalogFixture['saveMany']>[1];

/** A store and an authoring replica whose staff look after its search. */
export class SearchOffice {
  private constructor(
    private readonly redis: RedisFixture,
    readonly catalog: CatalogFixture,
    readonly store: Store,
    readonly replica: StaffReplica,
    /** Of a session of the first administrator. */
    readonly token: string,
  ) {}

  /** The drafts are there before the replica is. */
  static async open(open: OpenDatabaseFixture, drafts: Drafts): Promise<SearchOffice> {
    const redis = await startRedis();
    const catalog = await CatalogFixture.open(open);
    const store = await catalog.addStore();
    await catalog.saveMany(store, drafts);
    const replica = await startStaffReplica({
      name: 'a',
      redisUrl: redis.url,
      databaseUrl: catalog.databaseUrl,
      modules: [IdentityApiModule, SearchApiModule],
    });
    return new SearchOffice(redis, catalog, store, replica, await replica.signIn());
  }

  async close(): Promise<void> {
    await this.replica.stop();
    await this.catalog.close();
    await this.redis.stop();
  }

  explain(
    query: Readonly<Record<string, string>>,
    token = this.token,
  ): Promise<Answer<ExplanationAnswer>> {
    const asked = new URLSearchParams({ store: this.store.code, ...query }).toString();
    return this.replica.call('GET', `/search/explain?${asked}`, { token });
  }

  /** Asks for what is below the address of the search rules. */
  rules<Body>(
    method: string,
    path: string,
    body?: object,
    version?: number,
    token = this.token,
  ): Promise<Answer<Body>> {
    const headers = version === undefined ? {} : ifMatch(version);
    return this.replica.call<Body>(method, `/search/rules${path}`, { token, body, headers });
  }
}
