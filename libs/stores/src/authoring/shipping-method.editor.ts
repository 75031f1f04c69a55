import { Injectable } from '@nestjs/common';
import type { ShippingMethod } from '../model/shipping/shipping-method.js';
import { shippingMethodBreaches } from '../model/shipping/shipping-method-breaches.js';
import { storesErrors } from '../model/stores.errors.js';
import { StoreSettingsEditor } from './store-settings.editor.js';

/**
 * Ways of shipping one by one, within the sales settings and based on their version: what one editor of the back
 * office does not know of a method, it cannot take away from the others. Throws what {@link StoreSettingsEditor} throws.
 */
@Injectable()
export class ShippingMethodEditor {
  constructor(private readonly settings: StoreSettingsEditor) {}

  /** In its place when there is one of the code, else behind the others. Answers the next version. */
  async set(storeCode: string, version: number, method: ShippingMethod): Promise<number> {
    const errors = shippingMethodBreaches(method);
    if (errors.length > 0) throw storesErrors.settingsInvalid({ details: { errors } });
    const stored = await this.settings.change(storeCode, 'sales', version, (sales) => {
      const { shippingMethods } = sales;
      const isNew = shippingMethods.every(({ code }) => code !== method.code);
      return {
        ...sales,
        shippingMethods: isNew
          ? [...shippingMethods, method]
          : shippingMethods.map((each) => (each.code === method.code ? method : each)),
      };
    });
    return stored.version;
  }

  /** Throws `stores.shipping-method-not-found`. */
  async remove(storeCode: string, version: number, methodCode: string): Promise<void> {
    await this.settings.change(storeCode, 'sales', version, (sales) => {
      const left = sales.shippingMethods.filter(({ code }) => code !== methodCode);
      if (left.length === sales.shippingMethods.length) throw storesErrors.shippingMethodNotFound();
      return { ...sales, shippingMethods: left };
    });
  }
}
