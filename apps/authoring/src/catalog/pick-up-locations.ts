import { Injectable } from '@nestjs/common';
import { StockDirectory } from '#authoring/inventory';
import { storesErrors, type ShippingMethod } from '#libs/stores';

/** What stores say of where orders are fetched, held against what the inventory knows. */
@Injectable()
export class PickUpLocations {
  constructor(private readonly stock: StockDirectory) {}

  /** Locations are never removed, so what is known stays so. Throws `stores.settings-invalid`. */
  async assertKnown(
    storeCode: string,
    methods: readonly ShippingMethod[],
    pathOf = (index: number) => `shippingMethods.${index}.pickUp.location`,
  ): Promise<void> {
    if (!methods.some(({ pickUp }) => pickUp)) return;
    const known = new Set((await this.stock.listLocations(storeCode)).map(({ code }) => code));
    const errors = methods.flatMap(({ pickUp }, index) =>
      !pickUp || known.has(pickUp.location)
        ? []
        : [{ path: pathOf(index), message: 'no such location' }],
    );
    if (errors.length > 0) throw storesErrors.settingsInvalid({ details: { errors } });
  }
}
