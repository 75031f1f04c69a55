import { kind, optionValues, type DemoDepartment } from './demo-family.js';

export const batteries: DemoDepartment = {
  slug: 'batteries',
  name: { en: 'Batteries', de: 'Batterien' },
  brands: [
    {
      name: 'Voltheim',
      code: 'VTH',
      priceFactor: 1.2,
      text: {
        en: 'Voltheim charges every battery again on the day it leaves the warehouse.',
        de: 'Voltheim lädt jede Batterie an dem Tag nach, an dem sie das Lager verlässt.',
      },
    },
    {
      name: 'Akkumar',
      code: 'AKM',
      priceFactor: 0.93,
      text: {
        en: 'Akkumar takes the old battery back, free of charge, whoever made it.',
        de: 'Akkumar nimmt die alte Batterie kostenlos zurück, gleich wer sie gebaut hat.',
      },
    },
  ],
  families: [
    {
      slug: 'starter-batteries',
      name: { en: 'Starter batteries', de: 'Starterbatterien' },
      code: 'SB',
      series: ['Start', 'Funke'],
      option: {
        name: 'Capacity',
        values: optionValues(['45 Ah', 1], ['60 Ah', 1.2], ['74 Ah', 1.4]),
      },
      grams: 11_500,
      goesWith: ['battery-chargers', 'jump-starters'],
      kinds: [
        kind(
          ['Standard Starter Battery', 'Standard-Starterbatterie'],
          5490,
          { technology: 'lead-acid', voltage_v: 12, cold_start_a: 400, warranty_months: 24 },
          [
            'For cars without start-stop that are driven every day.',
            'Für Autos ohne Start-Stopp-System, die jeden Tag gefahren werden.',
          ],
        ),
        kind(
          ['Calcium Starter Battery', 'Calcium-Starterbatterie'],
          6490,
          { technology: 'calcium', voltage_v: 12, cold_start_a: 480, warranty_months: 36 },
          [
            'Keeps its charge for months and never asks for water.',
            'Hält die Ladung über Monate und verlangt nie nach Wasser.',
          ],
        ),
        kind(
          ['Heavy-Duty Starter Battery', 'Verstärkte Starterbatterie'],
          8990,
          { technology: 'calcium', voltage_v: 12, cold_start_a: 680, warranty_months: 36 },
          [
            'For diesels, taxis and winters that deserve the name.',
            'Für Diesel, Taxis und Winter, die den Namen verdienen.',
          ],
        ),
        kind(
          ['Starter Battery with Asian Terminals', 'Starterbatterie mit Asia-Polen'],
          6990,
          { technology: 'calcium', voltage_v: 12, cold_start_a: 450, warranty_months: 24 },
          [
            'With thin terminals; an adapter for standard clamps is in the box.',
            'Mit dünnen Polen; ein Adapter für Standardklemmen liegt bei.',
          ],
        ),
        kind(
          ['Compact Starter Battery', 'Kompakte Starterbatterie'],
          5990,
          { technology: 'lead-acid', voltage_v: 12, cold_start_a: 330, warranty_months: 24 },
          [
            'Low and light, for small cars and tight engine bays.',
            'Niedrig und leicht, für Kleinwagen und enge Motorräume.',
          ],
        ),
      ],
    },
    {
      slug: 'agm-batteries',
      name: { en: 'AGM and EFB batteries', de: 'AGM- und EFB-Batterien' },
      code: 'AG',
      series: ['Reserve', 'Zyklus'],
      option: {
        name: 'Capacity',
        values: optionValues(['60 Ah', 1], ['70 Ah', 1.15], ['95 Ah', 1.45]),
      },
      grams: 17_000,
      goesWith: ['battery-chargers', 'jump-starters'],
      kinds: [
        kind(
          ['AGM Start-Stop Battery', 'AGM-Start-Stopp-Batterie'],
          13900,
          {
            technology: 'agm',
            voltage_v: 12,
            cold_start_a: 680,
            start_stop: true,
            warranty_months: 36,
          },
          [
            'Glass mat keeps the acid in place; made for hundreds of starts a day.',
            'Glasvlies hält die Säure an ihrem Platz; gemacht für Hunderte Starts am Tag.',
          ],
        ),
        kind(
          ['AGM Plus Battery', 'AGM-Plus-Batterie'],
          16900,
          {
            technology: 'agm',
            voltage_v: 12,
            cold_start_a: 850,
            start_stop: true,
            warranty_months: 48,
          },
          [
            'More lead, more reserve: for cars with heated everything.',
            'Mehr Blei, mehr Reserve: für Autos, in denen alles beheizt ist.',
          ],
        ),
        kind(
          ['EFB Start-Stop Battery', 'EFB-Start-Stopp-Batterie'],
          9990,
          {
            technology: 'efb',
            voltage_v: 12,
            cold_start_a: 560,
            start_stop: true,
            warranty_months: 30,
          },
          [
            'The robust answer for simple start-stop systems under the bonnet.',
            'Die robuste Antwort für einfache Start-Stopp-Systeme im Motorraum.',
          ],
        ),
        kind(
          ['AGM Auxiliary Battery', 'AGM-Stützbatterie'],
          11900,
          {
            technology: 'agm',
            voltage_v: 12,
            cold_start_a: 200,
            start_stop: true,
            warranty_months: 24,
          },
          [
            'The second battery that keeps the electronics awake while the engine starts.',
            'Die zweite Batterie, die die Elektronik wach hält, während der Motor startet.',
          ],
        ),
        kind(
          ['Gel Leisure Battery', 'Gel-Versorgungsbatterie'],
          18900,
          { technology: 'gel', voltage_v: 12, start_stop: false, warranty_months: 36 },
          [
            'For motorhomes and boats: deep discharge does no harm, and it may lie on its side.',
            'Für Wohnmobile und Boote: Tiefentladung schadet nicht, und sie darf auf der Seite liegen.',
          ],
        ),
      ],
    },
    {
      slug: 'battery-chargers',
      name: { en: 'Battery chargers', de: 'Batterieladegeräte' },
      code: 'CH',
      series: ['Puls', 'Netz'],
      option: { name: 'Current', values: optionValues(['4 A', 1], ['8 A', 1.5], ['15 A', 2.3]) },
      grams: 900,
      goesWith: ['starter-batteries', 'agm-batteries'],
      kinds: [
        kind(
          ['Smart Charger', 'Intelligentes Ladegerät'],
          4990,
          { technology: 'lead-acid', voltage_v: 12, waterproof: true, warranty_months: 36 },
          [
            'Recognises the battery, charges in eight steps, and may stay connected all winter.',
            'Erkennt die Batterie, lädt in acht Schritten und darf den ganzen Winter angeschlossen bleiben.',
          ],
        ),
        kind(
          ['Maintenance Charger', 'Erhaltungsladegerät'],
          2990,
          { technology: 'lead-acid', voltage_v: 12, waterproof: true, warranty_months: 24 },
          [
            'Small, silent, for classics and motorcycles in hibernation.',
            'Klein, lautlos, für Oldtimer und Motorräder im Winterschlaf.',
          ],
        ),
        kind(
          ['Workshop Charger', 'Werkstattladegerät'],
          14900,
          { technology: 'agm', voltage_v: 24, waterproof: false, warranty_months: 24 },
          [
            'With support mode that feeds the car while its software is updated.',
            'Mit Stützbetrieb, der das Auto versorgt, während seine Software aktualisiert wird.',
          ],
        ),
        kind(
          ['Solar Charger', 'Solarladegerät'],
          3990,
          { technology: 'lead-acid', voltage_v: 12, waterproof: true, warranty_months: 24 },
          [
            'Behind the windscreen or on the roof: makes up for what the alarm system uses.',
            'Hinter der Scheibe oder auf dem Dach: gleicht aus, was die Alarmanlage verbraucht.',
          ],
        ),
        kind(
          ['Lithium Charger', 'Lithium-Ladegerät'],
          6990,
          { technology: 'lithium', voltage_v: 12, waterproof: true, warranty_months: 36 },
          [
            'With the right curve for LiFePO4 and a gentle wake-up for deeply discharged cells.',
            'Mit der richtigen Kennlinie für LiFePO4 und sanftem Wecken tiefentladener Zellen.',
          ],
        ),
      ],
    },
    {
      slug: 'jump-starters',
      name: { en: 'Jump starters and cables', de: 'Starthilfe und Kabel' },
      code: 'JS',
      series: ['Hilfe', 'Impuls'],
      option: {
        name: 'Peak current',
        values: optionValues(['400 A', 1], ['800 A', 1.4], ['1200 A', 1.8]),
      },
      grams: 1300,
      goesWith: ['starter-batteries', 'led-work-lights'],
      kinds: [
        kind(
          ['Jump Leads', 'Starthilfekabel'],
          1990,
          { material: 'copper', length_m: 3.5, voltage_v: 24 },
          [
            'Real copper, insulated clamps, and a bag that closes.',
            'Echtes Kupfer, isolierte Zangen und eine Tasche, die sich schließen lässt.',
          ],
        ),
        kind(
          ['Jump Starter Pack', 'Mobile Starthilfe'],
          6990,
          { technology: 'lithium', voltage_v: 12, warranty_months: 24 },
          [
            'Starts the car up to twenty times and charges the phone on the way.',
            'Startet das Auto bis zu zwanzigmal und lädt unterwegs das Telefon.',
          ],
        ),
        kind(
          ['Jump Starter with Compressor', 'Mobile Starthilfe mit Kompressor'],
          9990,
          { technology: 'lithium', voltage_v: 12, warranty_months: 24 },
          [
            'Flat battery or flat tyre: one box in the boot helps with both.',
            'Batterie leer oder Reifen platt: Ein Gerät im Kofferraum hilft bei beidem.',
          ],
        ),
        kind(
          ['Truck Jump Starter', 'Lkw-Starthilfe'],
          24900,
          { technology: 'lithium', voltage_v: 24, vehicle: 'truck', warranty_months: 36 },
          [
            'Switches between 12 and 24 volts by itself and forgives reversed clamps.',
            'Schaltet selbst zwischen 12 und 24 Volt um und verzeiht vertauschte Klemmen.',
          ],
        ),
        kind(
          ['Supercapacitor Booster', 'Superkondensator-Booster'],
          15900,
          { technology: 'supercapacitor', voltage_v: 12, warranty_months: 60 },
          [
            'Draws the last energy out of the empty battery and gives it back in one push; nothing to keep charged.',
            'Holt die letzte Energie aus der leeren Batterie und gibt sie in einem Stoß zurück; nichts muss geladen bleiben.',
          ],
        ),
      ],
    },
  ],
};
