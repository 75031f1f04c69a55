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
  instance.get('/slash/', handler);

  it.each([
    ['/products', ['GET', 'HEAD', 'POST']],
    ['/products/7', ['GET', 'HEAD']],
    ['/products/7/images/3', ['DELETE']],
    ['/files/a/b.css', ['GET', 'HEAD']],
    ['/products/7/images', []],
    ['/productsX', []],
    ['/robots.txt', ['GET', 'HEAD']],
    ['/robots-txt', []],
    ['/products/', ['GET', 'HEAD']],
    ['/products/7/', []],
    ['/products//images/3', ['DELETE']],
    ['/products/7/images/', ['DELETE']],
    ['/files/', ['GET', 'HEAD']],
    ['/files', []],
    ['/slash/', ['GET', 'HEAD']],
    ['/slash', []],
  ])('knows the methods of %s', (path, methods) => {
    expect(table.methodsOf(path)).toEqual(methods);
  });

  it.each([
    '/products',
    '/products/',
    '/products/7',
    '/products/7/',
    '/products//',
    '/products/7/images/3',
    '/products/7/images/3/',
    '/products//images/3',
    '/products/7/images/',
    '/products/7/images',
    '/files/',
    '/files',
    '/files/a/',
    '/slash',
    '/slash/',
    '/slash//',
    '/',
  ])('knows %s as the router does', async (url) => {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const { statusCode } = await instance.inject({ method, url });
      expect([method, url, table.methodsOf(url).includes(method)]).toEqual([
        method,
        url,
        statusCode !== 404,
      ]);
    }
  });
});
