// What the replica is compared with: the same bytes from memory, without anything else. Started as a process of its own:
// `{ kind: 'fastify' | 'nest', answers: { [path]: { body, contentType, etag, cacheControl } } }` is the first message.
const HOST = '127.0.0.1';

async function startFastify(answers) {
  const { fastify } = await import('fastify');
  const app = fastify();
  for (const [path, answer] of Object.entries(answers)) {
    app.get(path, (request, reply) => send(request, reply, answer));
  }
  return app.listen({ port: 0, host: HOST });
}

async function startNest(answers) {
  await import('reflect-metadata');
  const { Controller, Get, Module, Req, Res } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  class AnswerController {}
  // One handler per path, decorated by hand: this file is not compiled.
  for (const [index, [path, answer]] of Object.entries(answers).entries()) {
    const name = `answer${index}`;
    AnswerController.prototype[name] = (request, reply) => void send(request, reply, answer);
    const descriptor = Object.getOwnPropertyDescriptor(AnswerController.prototype, name);
    Req()(AnswerController.prototype, name, 0);
    Res()(AnswerController.prototype, name, 1);
    Get(path)(AnswerController.prototype, name, descriptor);
  }
  Controller()(AnswerController);
  class AnswerModule {}
  Module({ controllers: [AnswerController] })(AnswerModule);
  const app = await NestFactory.create(AnswerModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, HOST);
  return app.getUrl();
}

function send(request, reply, { body, contentType, etag, cacheControl }) {
  reply.header('etag', etag).header('cache-control', cacheControl);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.header('content-type', contentType).send(body);
}

process.on('disconnect', () => process.exit(0));
async function start({ kind, answers }) {
  const url = await (kind === 'nest' ? startNest(answers) : startFastify(answers));
  process.send({ url });
}

process.once('message', (order) => void start(order));
