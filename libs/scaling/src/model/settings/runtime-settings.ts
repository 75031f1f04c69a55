/**
 * What can be switched off while the shop runs, to leave room for what is essential. All are on until staff or a
 * scaling rule says otherwise.
 */
export const RUNTIME_SETTINGS = {
  relatedProducts: 'Products that go with one another; off: the list is empty',
  stockAtCheckout:
    'Stock is taken while an order is placed; off: orders are accepted, and a job takes their stock and tells of delays',
  livePush: 'What is told to shoppers over sockets; off: sockets are closed and none is opened',
} as const;

export type RuntimeSettingName = keyof typeof RUNTIME_SETTINGS;

/** Whether each is on. */
export type RuntimeSettings = Readonly<Record<RuntimeSettingName, boolean>>;

export const runtimeSettingNames = Object.keys(RUNTIME_SETTINGS) as RuntimeSettingName[];

export function isSettingName(name: string): name is RuntimeSettingName {
  return Object.hasOwn(RUNTIME_SETTINGS, name);
}
