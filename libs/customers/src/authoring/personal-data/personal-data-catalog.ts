import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { TellsPersonalDataMark, type PersonalData, type PersonalPart } from '#libs/database';
import { customersErrors } from '../../model/customers.errors.js';
import { ErasureObservers } from '../../model/erasure-observers.js';

/** A part with the slice that tells it. */
export interface ToldPart extends PersonalPart {
  readonly slice: string;
}

/** What stands above every part. */
export const PERSON = 'person';
export const MAILBOX = 'mailbox';

/** What every slice of the process tells of a person. */
@Injectable()
export class PersonalDataCatalog implements OnApplicationBootstrap {
  private parts: readonly ToldPart[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly erasure: ErasureObservers,
  ) {}

  /** Throws `customers.personal-data-untold`: the process does not start. */
  onApplicationBootstrap(): void {
    const data = this.discovery.getProviders().flatMap((wrapper) => {
      const told = this.discovery.getMetadataByDecorator(TellsPersonalDataMark, wrapper);
      return told === undefined ? [] : [told];
    });
    this.parts = partsOf(data, this.erasure.slices());
  }

  /** What names a row of `parent`. */
  childrenOf(parent: string): readonly ToldPart[] {
    return this.parts.filter(({ of }) => of.part === parent);
  }
}

/**
 * Puts together what the slices tell. Throws `customers.personal-data-untold` when a slice erases something of a person
 * and tells nothing, or when two parts have a name in common.
 */
export function partsOf(data: readonly PersonalData[], erasing: readonly string[]): ToldPart[] {
  const parts = data.flatMap(({ slice, parts: told }) => told.map((one) => ({ ...one, slice })));
  const names = parts.map(({ part }) => part);
  const breaches = [
    ...erasing
      .filter((slice) => !data.some((told) => told.slice === slice && told.parts.length > 0))
      .map((slice) => `${slice} erases and tells nothing`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${name} is told twice`),
  ];
  if (breaches.length > 0) {
    throw customersErrors.personalDataUntold({ message: breaches.join(', ') });
  }
  return parts;
}
