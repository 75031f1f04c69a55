/** Where what shoppers are sold is kept; each store that has stock has it. What others keep is sold once it is here. */
export const MAIN_LOCATION = 'main';
