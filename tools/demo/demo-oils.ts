import { kind, optionValues, type DemoDepartment } from './demo-family.js';

export const oils: DemoDepartment = {
  slug: 'oil',
  name: { en: 'Oil', de: 'Öl' },
  brands: [
    {
      name: 'Viscaro',
      code: 'VSC',
      priceFactor: 1.22,
      text: {
        en: 'Viscaro publishes the analysis of every batch under the number on the can.',
        de: 'Viscaro veröffentlicht die Analyse jeder Charge unter der Nummer auf der Dose.',
      },
    },
    {
      name: 'Oelsum',
      code: 'OLS',
      priceFactor: 0.9,
      text: {
        en: 'Oelsum fills in returnable cans and leaves the glossy label to others.',
        de: 'Oelsum füllt in Mehrwegkanister und überlässt das Glanzetikett den anderen.',
      },
    },
  ],
  families: [
    {
      slug: 'engine-oils',
      name: { en: 'Engine oils', de: 'Motoröle' },
      code: 'EO',
      series: ['Motor', 'Lauf'],
      option: { name: 'Volume', values: optionValues(['1 l', 1], ['5 l', 4.2], ['20 l', 14.5]) },
      grams: 950,
      goesWith: ['oil-filters', 'additives-and-greases'],
      kinds: [
        kind(
          ['Engine Oil 0W-20', 'Motoröl 0W-20'],
          1190,
          { technology: 'full-synthetic', change_km: 30_000, vehicle: 'car' },
          [
            'Thin on purpose: for modern petrol engines and hybrids that ask for it.',
            'Absichtlich dünn: für moderne Benziner und Hybride, die danach verlangen.',
          ],
        ),
        kind(
          ['Engine Oil 0W-30', 'Motoröl 0W-30'],
          1090,
          { technology: 'full-synthetic', change_km: 30_000, vehicle: 'car' },
          [
            'Reaches the last bearing within a second, also at minus thirty.',
            'Erreicht auch bei minus dreißig Grad binnen einer Sekunde das letzte Lager.',
          ],
        ),
        kind(
          ['Engine Oil 5W-30', 'Motoröl 5W-30'],
          890,
          { technology: 'full-synthetic', change_km: 30_000, vehicle: 'car' },
          [
            'Long-life oil for petrol and diesel with particle filter.',
            'Longlife-Öl für Benziner und Diesel mit Partikelfilter.',
          ],
        ),
        kind(
          ['Engine Oil 5W-40', 'Motoröl 5W-40'],
          790,
          { technology: 'full-synthetic', change_km: 15_000, vehicle: 'car' },
          [
            'The all-rounder for engines that may get warm.',
            'Der Alleskönner für Motoren, die warm werden dürfen.',
          ],
        ),
        kind(
          ['Engine Oil 10W-40', 'Motoröl 10W-40'],
          590,
          { technology: 'semi-synthetic', change_km: 10_000, vehicle: 'van' },
          [
            'For older engines with a few hundred thousand kilometres and a little thirst.',
            'Für ältere Motoren mit einigen Hunderttausend Kilometern und etwas Durst.',
          ],
        ),
      ],
    },
    {
      slug: 'gear-oils',
      name: { en: 'Gear oils', de: 'Getriebeöle' },
      code: 'GO',
      series: ['Gang', 'Welle'],
      option: { name: 'Volume', values: optionValues(['500 ml', 1], ['1 l', 1.8], ['5 l', 8]) },
      grams: 480,
      goesWith: ['engine-oils', 'additives-and-greases'],
      kinds: [
        kind(
          ['Gear Oil 75W-80', 'Getriebeöl 75W-80'],
          990,
          { technology: 'full-synthetic', change_km: 100_000 },
          [
            'For manual gearboxes that are stiff in the morning.',
            'Für Schaltgetriebe, die morgens hakelig sind.',
          ],
        ),
        kind(
          ['Gear Oil 75W-90', 'Getriebeöl 75W-90'],
          1090,
          { technology: 'full-synthetic', change_km: 90_000 },
          [
            'Protects hypoid gears under load, such as with a horse trailer on a ramp.',
            'Schützt Hypoidverzahnungen unter Last, etwa mit dem Pferdeanhänger auf der Rampe.',
          ],
        ),
        kind(
          ['Automatic Transmission Fluid', 'Automatikgetriebeöl'],
          1190,
          { technology: 'full-synthetic', change_km: 80_000 },
          [
            'For converter automatics from five to nine gears; check the list of approvals.',
            'Für Wandlerautomaten mit fünf bis neun Gängen; bitte die Freigabeliste prüfen.',
          ],
        ),
        kind(
          ['Gear Oil 80W-90', 'Getriebeöl 80W-90'],
          690,
          { technology: 'mineral-oil', change_km: 60_000 },
          [
            'Mineral oil for classics, axles and tractors.',
            'Mineralöl für Oldtimer, Achsen und Traktoren.',
          ],
        ),
        kind(
          ['Dual-Clutch Transmission Fluid', 'Doppelkupplungsgetriebeöl'],
          1590,
          { technology: 'full-synthetic', change_km: 60_000 },
          [
            'For wet dual clutches: smooth shifts and no judder when starting.',
            'Für nasse Doppelkupplungen: weiche Schaltvorgänge und kein Rupfen beim Anfahren.',
          ],
        ),
      ],
    },
    {
      slug: 'oil-filters',
      name: { en: 'Oil filters', de: 'Ölfilter' },
      code: 'OF',
      series: ['Rein', 'Sieb'],
      option: {
        name: 'Thread',
        values: optionValues(['M20 × 1.5', 1], ['3/4-16 UNF', 1.05], ['M22 × 1.5', 1.1]),
      },
      grams: 420,
      goesWith: ['engine-oils', 'additives-and-greases'],
      kinds: [
        kind(
          ['Spin-On Oil Filter', 'Anschraub-Ölfilter'],
          690,
          { material: 'paper', change_km: 15_000 },
          [
            'With return valve, so that pressure is there at once.',
            'Mit Rücklaufsperrventil, damit der Druck sofort da ist.',
          ],
        ),
        kind(
          ['Oil Filter Element', 'Ölfiltereinsatz'],
          590,
          { material: 'paper', change_km: 15_000 },
          [
            'For housings that stay in the car; all seals are included.',
            'Für Gehäuse, die im Auto bleiben; alle Dichtungen liegen bei.',
          ],
        ),
        kind(
          ['Long-Life Oil Filter', 'Longlife-Ölfilter'],
          1090,
          { material: 'synthetic', change_km: 30_000 },
          [
            'Synthetic fibres hold twice the dirt and pass cold oil more easily.',
            'Synthetikfasern halten doppelt so viel Schmutz und lassen kaltes Öl leichter durch.',
          ],
        ),
        kind(
          ['Magnetic Oil Filter', 'Magnet-Ölfilter'],
          1490,
          { material: 'steel', change_km: 20_000 },
          [
            'A ring magnet catches the abrasion that no paper can hold.',
            'Ein Ringmagnet fängt den Abrieb, den kein Papier halten kann.',
          ],
        ),
        kind(
          ['Transmission Oil Filter', 'Getriebeölfilter'],
          1890,
          { material: 'plastic', change_km: 60_000 },
          [
            'With gasket and drain plug, for the oil change that was said to be unnecessary.',
            'Mit Dichtung und Ablassschraube, für den Ölwechsel, der angeblich nicht nötig ist.',
          ],
        ),
      ],
    },
    {
      slug: 'additives-and-greases',
      name: { en: 'Additives and greases', de: 'Additive und Fette' },
      code: 'AD',
      series: ['Plus', 'Pflege'],
      option: {
        name: 'Volume',
        values: optionValues(['100 ml', 1], ['300 ml', 2.2], ['500 ml', 3.2]),
      },
      grams: 140,
      goesWith: ['engine-oils', 'oil-filters'],
      kinds: [
        kind(['Engine Flush', 'Motorspülung'], 590, { technology: 'mineral-oil', vehicle: 'car' }, [
          'Ten minutes before the oil change: what has stuck for years leaves with the old oil.',
          'Zehn Minuten vor dem Ölwechsel: Was jahrelang festsaß, geht mit dem alten Öl.',
        ]),
        kind(
          ['Oil Leak Stop', 'Ölverlust-Stopp'],
          690,
          { technology: 'semi-synthetic', vehicle: 'car' },
          [
            'Makes hardened seals supple again; saves some gaskets and some driveways.',
            'Macht verhärtete Dichtungen wieder geschmeidig; rettet manche Dichtung und manche Einfahrt.',
          ],
        ),
        kind(['Copper Paste', 'Kupferpaste'], 490, { material: 'copper', vehicle: 'car' }, [
          'For everything that gets hot and has to come apart again.',
          'Für alles, was heiß wird und sich wieder lösen soll.',
        ]),
        kind(
          ['White Lithium Grease', 'Weißes Lithiumfett'],
          450,
          { technology: 'mineral-oil', vehicle: 'car' },
          [
            'Hinges, locks, sliding doors: stays where it is put, summer and winter.',
            'Scharniere, Schlösser, Schiebetüren: bleibt im Sommer wie im Winter, wo es hingehört.',
          ],
        ),
        kind(
          ['Diesel Additive', 'Diesel-Additiv'],
          790,
          { technology: 'full-synthetic', vehicle: 'van' },
          [
            'Cleans the injectors and keeps diesel liquid down to minus twenty-five.',
            'Reinigt die Einspritzdüsen und hält Diesel bis minus fünfundzwanzig Grad flüssig.',
          ],
        ),
      ],
    },
  ],
};
