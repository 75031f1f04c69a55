import type { IndexedProduct } from '../../libs/search/src/model/index/indexed-product.js';
import type { Grade, JudgedQuery } from './judged-query.js';

/** Judged by what the product is called in English: the first pattern that fits gives the grade. */
type Patterns = readonly (readonly [pattern: RegExp, grade: Grade])[];

const judged = (locale: 'en' | 'de', q: string, ...patterns: Patterns): JudgedQuery => ({
  q,
  locale,
  gradeOf: ({ names }: IndexedProduct) =>
    patterns.find(([pattern]) => pattern.test(names['en'] ?? ''))?.[1] ?? 0,
});

const en = (q: string, ...patterns: Patterns): JudgedQuery => judged('en', q, ...patterns);
const de = (q: string, ...patterns: Patterns): JudgedQuery => judged('de', q, ...patterns);

/** What shoppers of car parts ask for, and what they would want to be shown. */
export const demoJudgements: readonly JudgedQuery[] = [
  en('brake disc', [/Brake Disc$/, 3], [/Brake Pad/, 1]),
  en('brake discs', [/Brake Disc$/, 3], [/Brake Pad/, 1]),
  en('vented brake disc', [/Vented Brake Disc/, 3], [/Brake Disc$/, 1]),
  en('stoppwerk disc', [/Stoppwerk .*Brake Disc$/, 3], [/Brake Disc$/, 1]),
  en('brake pads', [/Brake Pad Set/, 3]),
  en('ceramic pads', [/Ceramic Brake Pad/, 3]),
  en('brake light', [/Third Brake Light/, 3], [/Rear Light/, 1]),
  en('oil filter', [/Transmission Oil Filter/, 2], [/Oil Filter/, 3]),
  en('magnetic filter', [/Magnetic Oil Filter/, 3]),
  en('engine oil', [/Engine Oil/, 3], [/Oil Leak Stop|Engine Flush/, 1]),
  en('5w-30', [/5W-30/, 3]),
  en('5w30', [/5W-30/, 3]),
  en('gear oil', [/Gear Oil/, 3], [/Transmission Fluid/, 1]),
  en('winter tyre', [/Winter Tyre/, 3]),
  en('winter tyres suv', [/SUV Winter Tyre/, 3], [/Winter Tyre/, 1]),
  en('summer tires', [/Summer Tyre/, 3]),
  en('headlight bulb', [/Headlight Bulb/, 3]),
  en('led', [/LED|Work Light/, 3], [/Light Strip|Rear Light/, 2]),
  en('led light bar', [/LED Light Bar/, 3]),
  en('work light', [/Work Light/, 3], [/LED Light Bar/, 1]),
  en('start stop battery', [/Start-Stop Battery/, 3]),
  en('agm battery', [/AGM .*Battery/, 3]),
  en('starter battery', [/Starter Battery/, 3]),
  en('battery', [/Battery/, 3], [/Charger|Jump|Booster/, 1]),
  en('charger', [/Charger/, 3]),
  en('jump starter', [/Jump Starter/, 3], [/Jump Leads|Booster/, 1]),
  en('caliper', [/Caliper$|Caliper with/, 3], [/Caliper/, 2]),
  en('caliper repair kit', [/Caliper Repair Kit/, 3]),
  en('alloy wheel', [/Alloy Wheel/, 3]),
  en('wheel bolt', [/^\S+ \S+ Wheel Bolt/, 3], [/Locking Wheel Bolt/, 2]),
  // Mistyped.
  en('brkae disc', [/Brake Disc$/, 3], [/Brake Pad/, 1]),
  en('batery charger', [/Charger/, 3]),
  en('calliper', [/Caliper$|Caliper with/, 3], [/Caliper/, 2]),
  en('transmision fluid', [/Transmission Fluid/, 3], [/Transmission/, 1]),
  en('haedlight', [/Headlight/, 3]),
  en('stopwerk', [/Stoppwerk/, 3]),
  // Joined, and taken apart.
  en('head light bulb', [/Headlight Bulb/, 3]),
  en('startstop', [/Start-Stop/, 3]),
  // Called by what is said of it in its category alone.
  en('wheel accessories', [/Wheel Bolt|Wheel Spacer|Pressure Sensor|Tyre Valve/, 3]),
  en('interior lighting', [/Festoon|Reading Lamp|Boot Light|Footwell|Door Entry/, 3]),
  en('additives', [/Diesel Additive/, 3], [/Engine Flush|Leak Stop|Copper Paste|Grease/, 2]),
  de('radzubehör', [/Wheel Bolt|Wheel Spacer|Pressure Sensor|Tyre Valve/, 3]),
  de('innenbeleuchtung', [/Festoon|Reading Lamp|Boot Light|Footwell|Door Entry/, 3]),
  de('bremsscheibe', [/Brake Disc$/, 3]),
  de('bremsbelag', [/Brake Pad/, 3]),
  de('bremsbeläge keramik', [/Ceramic Brake Pad/, 3]),
  de('motoröl', [/Engine Oil/, 3]),
  de('motoroel 5w30', [/Engine Oil 5W-30/, 3]),
  de('ölfilter', [/Transmission Oil Filter/, 1], [/Oil Filter/, 3]),
  de('winterreifen', [/Winter Tyre/, 3]),
  de('winterreiffen', [/Winter Tyre/, 3]),
  de('ladegerät', [/Charger/, 3]),
  de('starterbatterie', [/Starter Battery/, 3]),
  de('rückleuchte', [/Rear Light/, 3], [/Rear Fog|Third Brake|Side Marker/, 1]),
  de('kupferpaste', [/Copper Paste/, 3]),
];
