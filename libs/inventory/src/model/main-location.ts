/** Where stock is kept that staff state with a product; each store that has stock has it. It is sold from unless staff say otherwise. */
export const MAIN_LOCATION = 'main';
