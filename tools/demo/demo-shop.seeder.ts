import { StoreLookup, storesTags, type Store } from '#libs/stores';
import { StoreRepository, StoreSettingsEditor } from '#authoring/stores';
import {
  CategoryRepository,
  PictureRepository,
  ProductWriter,
  RelatedProductRepository,
} from '#authoring/catalog';
import { CouponEditor, PromotionEditor } from '#authoring/promotions';
import { catalogTags } from '#libs/catalog';
import { UnitOfWork, type Transaction } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { demoPromotions } from './demo-promotions.js';
import { demoPicture } from './demo-picture.js';
import { demoPicturePath, type DemoShop } from './demo-shop.js';

const MEDIA_ROOT = '/media/';

/** Where the shop is written; the door of the catalog has each of them. */
export interface DemoShopTarget {
  readonly unitOfWork: UnitOfWork;
  readonly lookup: StoreLookup;
  readonly stores: StoreRepository;
  readonly settings: StoreSettingsEditor;
  readonly categories: CategoryRepository;
  readonly writer: ProductWriter;
  readonly relatedProducts: RelatedProductRepository;
  readonly pictures: PictureRepository;
  readonly promotions: PromotionEditor;
  readonly coupons: CouponEditor;
}

/** Puts the demo shop, with its pictures, into a database that has no store of its code. */
export class DemoShopSeeder {
  constructor(private readonly target: DemoShopTarget) {}

  /**
   * All of the shop or nothing, in one unit of work, so it may be called by several processes and
   * after a crash. What staff made of the shop since stays. Resolves with true when it was written.
   */
  async seed(shop: DemoShop): Promise<boolean> {
    const { unitOfWork, lookup, stores, settings, categories } = this.target;
    return unitOfWork.run(async (tx) => {
      // Looking whether it is there and writing it are one, also where several write at once.
      await tx.lock('demo-shop');
      await this.ensurePictures(tx, shop);
      if ((await lookup.findByCode(tx, shop.store.code)) !== undefined) return false;
      const now = systemClock.wallMs();
      const store: Store = { ...shop.store, version: 1, createdAt: now, updatedAt: now };
      await stores.insert(tx, store);
      await settings.replace(store.code, 'tax', 0, shop.settings.tax);
      await settings.replace(store.code, 'sales', 0, shop.settings.sales);
      for (const { id, slug, parentId = null, position, name } of shop.categories) {
        await categories.insert(tx, {
          id,
          storeId: store.id,
          slug,
          parentId,
          position,
          names: { ...name },
          version: 1,
          createdAt: now,
          updatedAt: now,
        });
      }
      await this.seedProducts(tx, store, shop);
      await this.seedPromotions(store);
      tx.invalidate(storesTags.store(store.code), catalogTags.categories(store.code));
      return true;
    });
  }

  /** Joins the unit of work of the shop. */
  private async seedPromotions({ code: storeCode }: Store): Promise<void> {
    for (const { content, coupon } of demoPromotions) {
      const { id } = await this.target.promotions.create(storeCode, content);
      if (coupon === undefined) continue;
      await this.target.coupons.create({ storeCode, id }, { code: coupon, useLimit: null });
    }
  }

  private async seedProducts(tx: Transaction, store: Store, shop: DemoShop): Promise<void> {
    const { writer, relatedProducts } = this.target;
    const drafts = shop.products.map(({ id, draft }) => ({ ...draft, id }));
    const { rejected } = await writer.saveMany(tx, store, drafts);
    if (rejected.length > 0) {
      throw new TypeError(`the demo shop breaks a rule: ${JSON.stringify(rejected)}`);
    }
    const relations = shop.products.map(({ id, relatedIds }) => [id, relatedIds] as const);
    await relatedProducts.replace(tx, store.id, new Map(relations));
  }

  /** Also for a shop that is there, whose pictures may be older than the table they are kept in. */
  private async ensurePictures(tx: Transaction, shop: DemoShop): Promise<void> {
    await this.target.pictures.ensure(
      tx,
      shop.products.map((product) => ({
        path: demoPicturePath(product.slug).slice(MEDIA_ROOT.length),
        contentType: 'image/svg+xml',
        body: demoPicture(product),
      })),
    );
  }
}
