import { gate, type Gate } from '#libs/testing';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import type { IndexSource, SourceStore } from '../src/storefront/following/index-source.js';

/** A database of published products, whose answers can be held back and made to fail. */
export class ScriptedSource implements IndexSource {
  readonly products = new Map<string, IndexedProduct>();
  store: SourceStore | undefined = { id: 'store', locales: ['en'], defaultLocale: 'en' };
  /** What was asked for by id, in turn. */
  readonly asked: (readonly string[])[] = [];
  pages = 0;
  failure: Error | undefined;
  /** Asked before each answer is given, after it was read. */
  beforeAnswer: () => Promise<void> | void = () => undefined;

  put(...products: readonly IndexedProduct[]): void {
    for (const product of products) this.products.set(product.id, product);
  }

  /** Holds the next answer back until it is opened. */
  holdNext(): { readonly reached: Gate; readonly release: Gate } {
    const reached = gate();
    const release = gate();
    this.beforeAnswer = async () => {
      this.beforeAnswer = () => undefined;
      reached.open();
      await release.opened;
    };
    return { reached, release };
  }

  async findStore(): Promise<SourceStore | undefined> {
    if (this.failure !== undefined) throw this.failure;
    return this.store;
  }

  async page(_: SourceStore, afterId: string, limit: number): Promise<IndexedProduct[]> {
    this.pages += 1;
    return this.answer(
      [...this.products.values()]
        .filter(({ id }) => id > afterId)
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  async some(_: SourceStore, ids: readonly string[]): Promise<IndexedProduct[]> {
    this.asked.push(ids);
    return this.answer(ids.flatMap((id) => this.products.get(id) ?? []));
  }

  private async answer(found: IndexedProduct[]): Promise<IndexedProduct[]> {
    if (this.failure !== undefined) throw this.failure;
    await this.beforeAnswer();
    return found;
  }
}
