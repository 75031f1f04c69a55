import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { RouteTable } from './route-table.js';

describe('RouteTable', () => {
  const table = new RouteTable();
  const instance = fastify();
  table.observe(instance);
  const handler = () => '';
  instance.get('/products', handler);
  instance.post('/products', handler);
  instance.get('/products/:id', handler);
  instance.delete('/products/:id/images/:image', handler);
  instance.get('/files/*', handler);
  instance.get('/robots.txt', handler);

  it.each([
    ['/products', ['GET', 'HEAD', 'POST']],
    ['/products/7', ['GET', 'HEAD']],
    ['/products/7/images/3', ['DELETE']],
    ['/files/a/b.css', ['GET', 'HEAD']],
    ['/products/7/images', []],
    ['/productsX', []],
    ['/robots.txt', ['GET', 'HEAD']],
    ['/robots-txt', []],
  ])('knows the methods of %s', (path, methods) => {
    expect(table.methodsOf(path)).toEqual(methods);
  });
});
