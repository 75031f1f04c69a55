import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { newId } from '#libs/kernel';
import type { FinishedAnswer } from './finished-answer.js';
import { OutputBuild, type OutputRebuilder } from './output-task.js';

/**
 * Builds answers by requests of the replica to itself, in memory. They are told apart from requests
 * of clients by their id, which nobody else can know while they are under way.
 */
@Injectable()
export class OutputRebuilds implements OutputRebuilder {
  private readonly underWay = new Map<string, OutputBuild | undefined>();
  private instance: FastifyInstance | undefined;

  install(instance: FastifyInstance): void {
    this.instance = instance;
  }

  async rebuild(url: string): Promise<FinishedAnswer | undefined> {
    if (this.instance === undefined) throw new Error('not installed');
    const id = newId();
    this.underWay.set(id, undefined);
    try {
      const { statusCode } = await this.instance.inject({ url, headers: { 'x-request-id': id } });
      const build = this.underWay.get(id);
      // Nothing is waited for that will not come: its handler may not have been reached.
      build?.failed(statusCode);
      if (build === undefined) throw new Error(`the request to itself was answered ${statusCode}`);
      return await build.finished;
    } finally {
      this.underWay.delete(id);
    }
  }

  /** The building that a request was made for; undefined for requests of clients. */
  begin(request: FastifyRequest): OutputBuild | undefined {
    if (this.underWay.size === 0 || !this.underWay.has(request.id)) return undefined;
    const build = new OutputBuild();
    this.underWay.set(request.id, build);
    return build;
  }
}
