import { RuntimeSettingEditor } from '#authoring/scaling';
import type { Write } from './catalog-writes.js';

const switched = (isOn: boolean): Write => ({
  name: `related products are switched ${isOn ? 'on' : 'off'}`,
  run: async (shop) => void (await shop.get(RuntimeSettingEditor).set('relatedProducts', isOn)),
});

/** What is written to the settings of the running system. */
export const scalingWrites: readonly Write[] = [switched(false), switched(true)];
