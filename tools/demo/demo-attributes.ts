import type { DemoText } from './demo-family.js';

/** What a fact about a product is called, and how its values are shown. */
export type DemoAttribute =
  | { readonly type: 'number'; readonly label: DemoText; readonly unit: string }
  | { readonly type: 'boolean'; readonly label: DemoText }
  | {
      readonly type: 'choice';
      readonly label: DemoText;
      readonly values: Readonly<Record<string, DemoText>>;
    };

const number = (en: string, de: string, unit: string): DemoAttribute => ({
  type: 'number',
  label: { en, de },
  unit,
});
const boolean = (en: string, de: string): DemoAttribute => ({ type: 'boolean', label: { en, de } });
const choice = (
  en: string,
  de: string,
  values: Readonly<Record<string, readonly [en: string, de: string]>>,
): DemoAttribute => ({
  type: 'choice',
  label: { en, de },
  values: Object.fromEntries(
    Object.entries(values).map(([value, [inEnglish, inGerman]]) => [
      value,
      { en: inEnglish, de: inGerman },
    ]),
  ),
});

/** Every attribute of the demo shop by its code. */
export const demoAttributes: Readonly<Record<string, DemoAttribute>> = {
  material: choice('Material', 'Material', {
    aluminium: ['Aluminium', 'Aluminium'],
    'cast-iron': ['Cast iron', 'Grauguss'],
    ceramic: ['Ceramic', 'Keramik'],
    copper: ['Copper', 'Kupfer'],
    organic: ['Organic', 'Organisch'],
    paper: ['Paper', 'Papier'],
    plastic: ['Plastic', 'Kunststoff'],
    rubber: ['Rubber', 'Gummi'],
    semimetallic: ['Semi-metallic', 'Halbmetallisch'],
    steel: ['Steel', 'Stahl'],
    synthetic: ['Synthetic fibre', 'Synthetikfaser'],
  }),
  axle: choice('Axle', 'Achse', {
    front: ['Front', 'Vorne'],
    rear: ['Rear', 'Hinten'],
    both: ['Front and rear', 'Vorne und hinten'],
  }),
  technology: choice('Technology', 'Technologie', {
    agm: ['AGM', 'AGM'],
    calcium: ['Calcium', 'Calcium'],
    efb: ['EFB', 'EFB'],
    gel: ['Gel', 'Gel'],
    halogen: ['Halogen', 'Halogen'],
    led: ['LED', 'LED'],
    lithium: ['Lithium', 'Lithium'],
    'mineral-oil': ['Mineral', 'Mineralisch'],
    'semi-synthetic': ['Semi-synthetic', 'Teilsynthetisch'],
    'full-synthetic': ['Fully synthetic', 'Vollsynthetisch'],
    supercapacitor: ['Supercapacitor', 'Superkondensator'],
    'lead-acid': ['Lead-acid', 'Blei-Säure'],
  }),
  colour: choice('Colour', 'Farbe', {
    amber: ['Amber', 'Gelb'],
    black: ['Black', 'Schwarz'],
    graphite: ['Graphite', 'Graphit'],
    red: ['Red', 'Rot'],
    silver: ['Silver', 'Silber'],
    white: ['White', 'Weiß'],
  }),
  vehicle: choice('For', 'Für', {
    car: ['Cars', 'Pkw'],
    suv: ['SUVs', 'SUV'],
    van: ['Vans', 'Transporter'],
    truck: ['Trucks', 'Lkw'],
  }),
  pistons: number('Pistons', 'Kolben', ''),
  thickness_mm: number('Thickness', 'Dicke', 'mm'),
  boiling_point_c: number('Dry boiling point', 'Trockensiedepunkt', '°C'),
  voltage_v: number('Voltage', 'Spannung', 'V'),
  lumen: number('Luminous flux', 'Lichtstrom', 'lm'),
  kelvin: number('Colour temperature', 'Farbtemperatur', 'K'),
  beam_angle_deg: number('Beam angle', 'Abstrahlwinkel', '°'),
  lifetime_h: number('Lifetime', 'Lebensdauer', 'h'),
  noise_db: number('Rolling noise', 'Rollgeräusch', 'dB'),
  load_kg: number('Load per wheel', 'Traglast je Rad', 'kg'),
  cold_start_a: number('Cold cranking current', 'Kälteprüfstrom', 'A'),
  warranty_months: number('Warranty', 'Garantie', 'months'),
  length_m: number('Length', 'Länge', 'm'),
  pieces: number('Pieces', 'Stück', ''),
  torque_nm: number('Tightening torque', 'Anzugsmoment', 'Nm'),
  change_km: number('Change interval', 'Wechselintervall', 'km'),
  approved: boolean('Road approval', 'Straßenzulassung'),
  start_stop: boolean('For start-stop systems', 'Für Start-Stopp-Systeme'),
  snowflake: boolean('Snowflake symbol', 'Schneeflockensymbol'),
  low_dust: boolean('Low dust', 'Staubarm'),
  waterproof: boolean('Waterproof', 'Wasserdicht'),
};

/** A fact as a person reads it, such as `Boiling point: 230 °C`. */
export function describeFact(
  code: string,
  value: string | number | boolean,
  locale: keyof DemoText,
): string {
  const attribute = demoAttributes[code];
  if (attribute === undefined) throw new RangeError(`no such attribute: ${code}`);
  const label = attribute.label[locale];
  if (attribute.type === 'choice') return `${label}: ${attribute.values[String(value)]?.[locale]}`;
  if (attribute.type === 'boolean') return `${label}: ${yesOrNo[locale][value === true ? 0 : 1]}`;
  const shown = new Intl.NumberFormat(locale).format(Number(value));
  const unit = locale === 'de' && attribute.unit === 'months' ? 'Monate' : attribute.unit;
  if (unit === '') return `${label}: ${shown}`;
  return `${label}: ${shown}${unit === '°' ? '' : '\u00a0'}${unit}`;
}

const yesOrNo = { en: ['yes', 'no'], de: ['ja', 'nein'] } as const;
