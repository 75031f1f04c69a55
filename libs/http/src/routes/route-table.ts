import type { FastifyInstance } from 'fastify';

interface Route {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/**
 * Knows which methods a path has, so that a wrong method is told apart from a wrong path. Fastify's
 * router answers both with "not found". Asked only for requests that no route took.
 */
export class RouteTable {
  private readonly routes = new Map<string, Route>();

  /** Must be called before routes are registered. */
  observe(instance: FastifyInstance): void {
    instance.addHook('onRoute', ({ url, method }) => {
      // What CORS registers for every path says nothing about the paths there are.
      if (url === '*') return;
      const methods = Array.isArray(method) ? method : [method];
      const route = this.routes.get(url) ?? { pattern: toPattern(url), methods: new Set() };
      for (const each of methods) route.methods.add(each);
      this.routes.set(url, route);
    });
  }

  /** Sorted; empty when no route has the path. */
  methodsOf(path: string): readonly string[] {
    const found = new Set<string>();
    for (const { pattern, methods } of this.routes.values()) {
      if (pattern.test(path)) for (const method of methods) found.add(method);
    }
    return [...found].sort();
  }
}

function toPattern(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => {
      // For the router a parameter may be empty; what that means is up to the schema of the handler.
      if (segment.startsWith(':')) return '[^/]*';
      if (segment === '*') return '.*';
      return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  // A slash more is another path, as it is for the router.
  return new RegExp(`^${source}$`);
}
