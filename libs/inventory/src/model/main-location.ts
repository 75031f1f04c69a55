/** For now each store that has stock has one location, of this code. */
export const MAIN_LOCATION = 'main';
