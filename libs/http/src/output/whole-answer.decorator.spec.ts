import { describe, expect, it } from '@jest/globals';
import { SetMetadata } from '@nestjs/common';
import { WholeAnswer } from './whole-answer.decorator.js';

class Lists {
  @WholeAnswer()
  @SetMetadata('below', 'noted')
  async list(first: string): Promise<string> {
    return `${first} answered`;
  }
}

describe('a handler whose answer is whole', () => {
  const { list } = Lists.prototype;

  it('is known by its name and by what other decorators have noted of it', () => {
    expect(list.name).toBe('list');
    expect(Reflect.getMetadata('below', list)).toBe('noted');
  });

  it('answers as it is where nothing is cached', async () => {
    expect(await new Lists().list('a')).toBe('a answered');
  });
});
