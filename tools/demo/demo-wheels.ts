import { kind, optionValues, type DemoDepartment } from './demo-family.js';

const tyreSizes = optionValues(['195/65 R15', 1], ['205/55 R16', 1.12], ['225/45 R17', 1.38]);

export const wheelsAndTyres: DemoDepartment = {
  slug: 'wheels-and-tyres',
  name: { en: 'Wheels and tyres', de: 'Räder und Reifen' },
  brands: [
    {
      name: 'Rollgrund',
      code: 'RGD',
      priceFactor: 1.15,
      text: {
        en: 'Rollgrund balances on its own test track in the north, where it rains two hundred days a year.',
        de: 'Rollgrund erprobt auf eigener Strecke im Norden, wo es an zweihundert Tagen im Jahr regnet.',
      },
    },
    {
      name: 'Asphera',
      code: 'ASP',
      priceFactor: 0.92,
      text: {
        en: 'Asphera leaves out what nobody feels and keeps what everybody needs.',
        de: 'Asphera lässt weg, was niemand spürt, und behält, was alle brauchen.',
      },
    },
  ],
  families: [
    {
      slug: 'summer-tyres',
      name: { en: 'Summer tyres', de: 'Sommerreifen' },
      code: 'ST',
      series: ['Sol', 'Brise'],
      option: { name: 'Size', values: tyreSizes },
      grams: 8600,
      goesWith: ['alloy-wheels', 'wheel-accessories'],
      kinds: [
        kind(
          ['Eco Summer Tyre', 'Spritspar-Sommerreifen'],
          5990,
          { vehicle: 'car', noise_db: 68, load_kg: 615 },
          [
            'Low rolling resistance: half a litre less per hundred kilometres, or ten more on a battery charge.',
            'Geringer Rollwiderstand: ein halber Liter weniger auf hundert Kilometer oder zehn Kilometer mehr je Akkuladung.',
          ],
        ),
        kind(
          ['Touring Summer Tyre', 'Touren-Sommerreifen'],
          6990,
          { vehicle: 'car', noise_db: 69, load_kg: 630 },
          [
            'Quiet on long distances and calm on wet ruts.',
            'Leise auf langen Strecken und ruhig in nassen Spurrinnen.',
          ],
        ),
        kind(
          ['Sport Summer Tyre', 'Sport-Sommerreifen'],
          9490,
          { vehicle: 'car', noise_db: 72, load_kg: 650 },
          [
            'Stiff shoulders and a rubber that grips from the first bend.',
            'Steife Schultern und eine Mischung, die ab der ersten Kurve greift.',
          ],
        ),
        kind(
          ['SUV Summer Tyre', 'SUV-Sommerreifen'],
          9990,
          { vehicle: 'suv', noise_db: 71, load_kg: 800 },
          [
            'Carries heavy cars without making them sluggish; survives a gravel road.',
            'Trägt schwere Autos, ohne sie träge zu machen; übersteht auch Schotterwege.',
          ],
        ),
        kind(
          ['Van Summer Tyre', 'Transporter-Sommerreifen'],
          8990,
          { vehicle: 'van', noise_db: 72, load_kg: 1030 },
          [
            'Reinforced side wall against kerbs, for those who deliver a hundred parcels a day.',
            'Verstärkte Flanke gegen Bordsteine, für alle, die am Tag hundert Pakete ausliefern.',
          ],
        ),
      ],
    },
    {
      slug: 'winter-tyres',
      name: { en: 'Winter tyres', de: 'Winterreifen' },
      code: 'WT',
      series: ['Frost', 'Firn'],
      option: { name: 'Size', values: tyreSizes },
      grams: 9100,
      goesWith: ['alloy-wheels', 'wheel-accessories'],
      kinds: [
        kind(
          ['City Winter Tyre', 'Stadt-Winterreifen'],
          6490,
          { vehicle: 'car', noise_db: 70, load_kg: 615, snowflake: true },
          [
            'For slush, wet leaves and the one week of snow.',
            'Für Matsch, nasses Laub und die eine Woche Schnee.',
          ],
        ),
        kind(
          ['Touring Winter Tyre', 'Touren-Winterreifen'],
          7490,
          { vehicle: 'car', noise_db: 71, load_kg: 630, snowflake: true },
          [
            'Thousands of fine sipes that lock when braking and open when rolling.',
            'Tausende feine Lamellen, die sich beim Bremsen verzahnen und beim Rollen öffnen.',
          ],
        ),
        kind(
          ['Alpine Winter Tyre', 'Alpin-Winterreifen'],
          9290,
          { vehicle: 'car', noise_db: 72, load_kg: 650, snowflake: true },
          [
            'For those who live above a thousand metres and have to go to work nevertheless.',
            'Für alle, die über tausend Metern wohnen und trotzdem zur Arbeit müssen.',
          ],
        ),
        kind(
          ['SUV Winter Tyre', 'SUV-Winterreifen'],
          10990,
          { vehicle: 'suv', noise_db: 72, load_kg: 800, snowflake: true },
          [
            'Wide grooves clear the snow out by themselves.',
            'Breite Rillen reinigen sich selbst vom Schnee.',
          ],
        ),
        kind(
          ['Studdable Winter Tyre', 'Bespikebarer Winterreifen'],
          8790,
          { vehicle: 'car', noise_db: 74, load_kg: 640, snowflake: true, approved: false },
          [
            'Prepared for studs, for countries and roads where they are allowed.',
            'Für Spikes vorbereitet, für Länder und Straßen, auf denen sie erlaubt sind.',
          ],
        ),
      ],
    },
    {
      slug: 'alloy-wheels',
      name: { en: 'Alloy wheels', de: 'Leichtmetallfelgen' },
      code: 'AW',
      series: ['Stern', 'Linie'],
      option: {
        name: 'Size',
        values: optionValues(['6.5 × 16', 1], ['7 × 17', 1.2], ['8 × 18', 1.5]),
      },
      grams: 8200,
      goesWith: ['summer-tyres', 'wheel-accessories'],
      kinds: [
        kind(
          ['Five-Spoke Alloy Wheel', 'Fünfspeichen-Leichtmetallfelge'],
          8990,
          { material: 'aluminium', colour: 'silver', load_kg: 690 },
          [
            'The shape that never gets old, and is cleaned in a minute.',
            'Die Form, die nie alt wird und in einer Minute sauber ist.',
          ],
        ),
        kind(
          ['Multi-Spoke Alloy Wheel', 'Vielspeichen-Leichtmetallfelge'],
          10990,
          { material: 'aluminium', colour: 'graphite', load_kg: 690 },
          [
            'Ten slim pairs of spokes under a lacquer that salt cannot harm.',
            'Zehn schlanke Speichenpaare unter einem Lack, dem Salz nichts anhat.',
          ],
        ),
        kind(
          ['Y-Spoke Alloy Wheel', 'Y-Speichen-Leichtmetallfelge'],
          11990,
          { material: 'aluminium', colour: 'black', load_kg: 710 },
          [
            'Flow-formed rim: a kilogram less on every wheel.',
            'Im Flow-Forming-Verfahren gefertigt: ein Kilogramm weniger an jedem Rad.',
          ],
        ),
        kind(
          ['Mesh Alloy Wheel', 'Kreuzspeichen-Leichtmetallfelge'],
          12490,
          { material: 'aluminium', colour: 'silver', load_kg: 680 },
          [
            'A classic for classics, with a centre cap to screw on.',
            'Ein Klassiker für Klassiker, mit verschraubtem Nabendeckel.',
          ],
        ),
        kind(
          ['Aero Disc Alloy Wheel', 'Aero-Leichtmetallfelge'],
          13990,
          { material: 'aluminium', colour: 'white', load_kg: 750 },
          [
            'Almost closed, for a calm flow of air and a longer range.',
            'Fast geschlossen, für eine ruhige Luftströmung und mehr Reichweite.',
          ],
        ),
      ],
    },
    {
      slug: 'wheel-accessories',
      name: { en: 'Wheel accessories', de: 'Radzubehör' },
      code: 'WA',
      series: ['Fix', 'Nabe'],
      option: { name: 'Pack', values: optionValues(['4 ×', 1], ['16 ×', 3.4], ['20 ×', 4]) },
      grams: 260,
      goesWith: ['alloy-wheels', 'winter-tyres'],
      kinds: [
        kind(
          ['Wheel Bolt Set', 'Radschraubensatz'],
          690,
          { material: 'steel', torque_nm: 120, pieces: 4 },
          [
            'Ball seat, hexagon 17, zinc flake coating; measure the length before you order.',
            'Kugelbund, Schlüsselweite 17, zinklamellenbeschichtet; vor der Bestellung die Länge messen.',
          ],
        ),
        kind(
          ['Locking Wheel Bolt Set', 'Felgenschloss-Satz'],
          2490,
          { material: 'steel', torque_nm: 110, pieces: 4 },
          [
            'A hundred different keys, and a card with the number for the day yours is lost.',
            'Hundert verschiedene Schlüssel und eine Karte mit der Nummer für den Tag, an dem Ihrer verloren geht.',
          ],
        ),
        kind(
          ['Wheel Spacer', 'Spurverbreiterung'],
          3990,
          { material: 'aluminium', thickness_mm: 15, approved: true },
          [
            'Hub-centric, anodised, with a parts certificate.',
            'Nabenzentriert, eloxiert, mit Teilegutachten.',
          ],
        ),
        kind(
          ['Tyre Pressure Sensor', 'Reifendrucksensor'],
          3290,
          { material: 'plastic', voltage_v: 3, warranty_months: 60 },
          [
            'Programmed to your car in the warehouse; fit it, drive ten minutes, done.',
            'Im Lager auf Ihr Auto programmiert; einbauen, zehn Minuten fahren, fertig.',
          ],
        ),
        kind(['Tyre Valve Set', 'Reifenventil-Satz'], 490, { material: 'rubber', pieces: 4 }, [
          'With metal caps that do not corrode onto the thread.',
          'Mit Metallkappen, die nicht am Gewinde festkorrodieren.',
        ]),
      ],
    },
  ],
};
