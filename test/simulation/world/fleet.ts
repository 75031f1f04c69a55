import { MemoryShelf } from '../../../libs/search/test/memory-shelf.js';
import { RedisBackplane } from '../../../libs/cache/src/redis-backplane.js';
import { refreshTag } from '../../../libs/cache/src/core/following/coherence.js';
import type { Checker } from '../checker/checker.js';
import { ReplicaView } from '../checker/replica-view.js';
import { Lane, type Agenda } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';
import type { Profile } from '../chaos/profile.js';
import { shopFront, type ShopFront } from '../shop/shop-front.js';
import type { CommittedState, LogRow } from './committed-state.js';
import { LaggingCopy } from './lagging-copy.js';
import { LaneClock, LaneScheduler } from './lane-time.js';
import { Replica } from './replica.js';
import type { RowName, Settings } from './settings.js';
import { isUnknownVersion, openMessage } from './seals.js';
import { SimulatedLogSource } from './simulated-log-source.js';
import { simulatedIndex } from './simulated-index.js';
import {
  createReaders,
  isApart,
  type FleetReaders,
  type Part,
  type ReaderSource,
} from './simulated-readers.js';
import { recordedReader } from './simulated-records.js';
import { SimulatedRedis } from './simulated-redis.js';
import { SimulatedPublisher, SimulatedSubscriber } from './simulated-subscriber.js';
import { SqlAccess, SqlWeather } from './sql-access.js';
import { SqlServer } from './sql-server.js';

const CHANNEL = 'invalidation';
const EVERY_ROW = ['*'];

/** A place in the fleet: the process in it may be replaced, its name and its network stay. */
export interface Place {
  readonly name: string;
  readonly isOnCopy: boolean;
  readonly weather: SqlWeather;
  replica: Replica<FleetReaders>;
  view: ReplicaView;
  access: SqlAccess;
  subscriber: SimulatedSubscriber;
  publisher: SimulatedPublisher;
  isLoaderBroken: boolean;
  shop: ShopFront;
}

/** Several replicas, the database (with a copy in another site, if there is one), and Redis. */
export class Fleet {
  readonly sql: SqlServer;
  readonly copy: LaggingCopy | undefined;
  readonly redis: SimulatedRedis;
  readonly places: Place[] = [];
  /** What processes have kept of their indexes, in each site. */
  private readonly shelves = { primary: new MemoryShelf(), copy: new MemoryShelf() };
  /** What each process has committed and not yet announced, by place. */
  private readonly unannounced = new Map<string, Set<number>>();

  constructor(
    readonly agenda: Agenda,
    readonly random: Random,
    readonly profile: Profile,
    readonly settings: Settings,
    readonly checker: Checker,
  ) {
    this.sql = new SqlServer(agenda);
    if (profile.copyLagMs !== undefined) {
      this.copy = new LaggingCopy(agenda, random, this.sql, profile.copyLagMs);
    }
    this.redis = new SimulatedRedis(agenda, random, profile.redis, CHANNEL);
    this.redis.onPublished = (text, from) => this.checkPublished(text, from);
    for (let index = 0; index < profile.replicas; index += 1) {
      // The last replicas live in the other site.
      const isOnCopy = this.copy !== undefined && index >= profile.replicas / 2;
      const weather = new SqlWeather(agenda);
      const place = this.occupy(`r${index}`, isOnCopy, weather);
      this.places.push(place);
    }
  }

  /** The process is replaced by a new one with an empty cache. */
  restart(place: Place): void {
    place.replica.kill();
    place.subscriber.close();
    this.checker.loads.restarted(place.name);
    Object.assign(place, this.occupy(place.name, place.isOnCopy, place.weather));
  }

  /** The database has confirmed a commit of this process. */
  committed(place: Place, { position, tags, committedAt }: LogRow): void {
    this.unannounced.get(place.name)?.add(position);
    place.replica.committed({
      position,
      tags,
      committedAt,
      jobs: [],
      notifications: [],
      touched: [],
    });
    place.view.informed(position, tags);
  }

  private occupy(name: string, isOnCopy: boolean, weather: SqlWeather): Place {
    const { agenda, random, settings, checker } = this;
    const lane = new Lane(name);
    const state = isOnCopy && this.copy !== undefined ? this.copy.state : this.sql.state;
    const access = new SqlAccess(agenda, random, lane, weather, this.profile.slowShare);
    const view = new ReplicaView(name, agenda, state, weather, isOnCopy);
    const subscriber = new SimulatedSubscriber(agenda, random, this.redis, lane);
    const publisher = new SimulatedPublisher(this.redis, lane);
    this.unannounced.set(name, new Set());
    const backplane = new RedisBackplane({
      publisher,
      subscriber,
      channel: CHANNEL,
      heartbeatChannel: `heartbeat-${name}`,
      clock: new LaneClock(agenda, 0),
      scheduler: new LaneScheduler(agenda, lane),
    });
    const log = new SimulatedLogSource(state, access, settings.settleMs, isOnCopy);
    const place: Omit<Place, 'shop'> = {
      name,
      isOnCopy,
      weather,
      access,
      view,
      subscriber,
      publisher,
      isLoaderBroken: false,
      replica: new Replica({
        agenda,
        lane,
        random,
        settings,
        log,
        backplane,
        maxLoads: this.profile.maxLoads,
        createReaders: (cache, follower) => {
          const source: ReaderSource = {
            replica: name,
            readRows: (rows) =>
              access.query(
                `rows ${rows.join(' ')}`,
                () => rows.map((row) => partOf(state, row, agenda.step)),
                !isApart(),
              ),
            settings,
            watch: checker.loads,
            isLoaderBroken: () => {
              if (place.isLoaderBroken) weather.noteTrouble();
              return place.isLoaderBroken;
            },
          };
          const readers = createReaders(cache, source);
          const index = simulatedIndex(cache, source, readers.known, {
            agenda,
            lane,
            follower,
            shelf: isOnCopy ? this.shelves.copy : this.shelves.primary,
            log,
            keepEveryMs: this.profile.keepEveryMs,
            isCurrent: ({ row, step }) => state.history.firstChangeAfter(row, step) === undefined,
          });
          return {
            ...readers,
            ...index,
            recorded: recordedReader(cache, source),
          };
        },
        onFollowed: () => view.followed(),
        onDifferent: ({ region, text }) =>
          checker.report('verification', `${name} finds ${region}:${text} different`),
        onApplied: (tags) => {
          agenda.note(`${name} applies ${tags === undefined ? 'everything' : tags.join(' ')}`);
          // An order to refresh voids nothing, so it is no reason to load what is being loaded.
          if (tags === undefined || tags.some((tag) => !tag.startsWith(refreshTag('')))) {
            checker.loads.invalidationApplied(name);
          }
          view.applied(tags);
        },
      }),
    };
    place.replica.start();
    // Behind the backplane: what was heard is known from now on.
    subscriber.on('message', (channel: string, text: string) => {
      if (channel === CHANNEL) this.heard(view, text);
    });
    const shop = shopFront(
      {
        agenda,
        sql: this.sql,
        access,
        maxTransactionMs: settings.maxTransactionMs,
        onPlaced: (written) => checker.orders.placing(this.sql.shop, written),
      },
      place.replica.readers,
      place.replica.follower,
    );
    return Object.assign(place, { shop });
  }

  private heard(view: ReplicaView, text: string): void {
    const message = openMessage(text);
    if (message === undefined) {
      if (isUnknownVersion(text)) view.applied(EVERY_ROW);
    } else if (this.places.some(({ name }) => name === message.origin && name !== view.name)) {
      for (const { position, tags } of message.invalidations) view.informed(position, tags);
    }
  }

  /** C8: a process announces what it committed itself, once, and nothing else. */
  private checkPublished(text: string, from: Lane): void {
    const mine = this.unannounced.get(from.name);
    for (const { position } of openMessage(text)?.invalidations ?? []) {
      if (mine?.delete(position) === true) continue;
      this.checker.report('C8 only changes travel', `${from.name} announces ${position} unasked`);
    }
  }
}

function partOf(state: CommittedState, row: RowName, step: number): Part | undefined {
  const { revision } = state.history.current(row);
  return revision === undefined ? undefined : { row, revision, step };
}
