import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { pageByCreation, pageById, pageQuery, type Page } from './page.js';

const things = Array.from({ length: 5 }, (_unused, index) => ({ id: newId(), createdAt: index }));

const byId = (query: object): Promise<Page<string>> =>
  pageById(
    pageQuery.parse(query),
    async (after = '', limit) => things.filter(({ id }) => id > after).slice(0, limit),
    ({ id }) => id,
  );

describe('a paged list', () => {
  it('is read to its end, each thing once', async () => {
    const first = await byId({ limit: 2 });
    const second = await byId({ limit: 2, cursor: first.nextCursor });
    const third = await byId({ limit: 2, cursor: second.nextCursor });
    expect([first, second, third].map(({ items }) => items.length)).toEqual([2, 2, 1]);
    expect([first, second, third].flatMap(({ items }) => items)).toEqual(
      things.map(({ id }) => id),
    );
    expect(third.nextCursor).toBeNull();
  });

  it('has no next page when the last one is full to the brim', async () => {
    expect((await byId({ limit: 5 })).nextCursor).toBeNull();
    expect((await byId({ limit: 4 })).nextCursor).not.toBeNull();
  });

  it('goes on at the position the rows are sorted by', async () => {
    const rows = things.toReversed();
    const positions: unknown[] = [];
    const read = (query: object) =>
      pageByCreation(
        pageQuery.parse(query),
        async (after, limit) => {
          positions.push(after);
          return rows
            .filter((row) => after === undefined || row.createdAt < after.createdAt)
            .slice(0, limit);
        },
        ({ createdAt }) => createdAt,
      );
    const first = await read({ limit: 3 });
    expect(first.items).toEqual([4, 3, 2]);
    expect((await read({ limit: 3, cursor: first.nextCursor })).items).toEqual([1, 0]);
    expect(positions).toEqual([undefined, { createdAt: 2, id: things[2]?.id }]);
  });

  it('refuses the cursor of another list, and limits that are none', async () => {
    const { nextCursor } = await byId({ limit: 1 });
    await expect(
      pageByCreation({ limit: 1, cursor: nextCursor ?? '' }, async () => things, String),
    ).rejects.toMatchObject({ code: 'http.invalid-cursor' });
    await expect(byId({ cursor: 'made up' })).rejects.toMatchObject({
      code: 'http.invalid-cursor',
    });
    // Node.js passes over what is not in the alphabet: each would be read as the cursor it is made of.
    for (const other of ['.', '=', ' ', '\n', '%', '\u00e9']) {
      await expect(byId({ cursor: `${nextCursor}${other}` })).rejects.toMatchObject({
        code: 'http.invalid-cursor',
      });
    }
    for (const query of [{ limit: '0' }, { limit: '101' }, { limit: '1.5' }, { page: '2' }]) {
      expect(pageQuery.safeParse(query).success).toBe(false);
    }
  });
});
