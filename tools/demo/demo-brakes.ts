import { kind, optionValues, type DemoDepartment } from './demo-family.js';

export const brakes: DemoDepartment = {
  slug: 'brakes',
  name: { en: 'Brakes', de: 'Bremsen' },
  brands: [
    {
      name: 'Stoppwerk',
      code: 'STW',
      priceFactor: 1.25,
      text: {
        en: 'Stoppwerk tests every batch on its own dynamometer and prints the result on the box.',
        de: 'Stoppwerk prüft jede Charge auf dem eigenen Prüfstand und druckt das Ergebnis auf den Karton.',
      },
    },
    {
      name: 'Kerabrix',
      code: 'KBX',
      priceFactor: 0.9,
      text: {
        en: 'Kerabrix makes solid everyday quality at a price that does not need a discount.',
        de: 'Kerabrix fertigt solide Alltagsqualität zu einem Preis, der keinen Rabatt braucht.',
      },
    },
  ],
  families: [
    {
      slug: 'brake-discs',
      name: { en: 'Brake discs', de: 'Bremsscheiben' },
      code: 'BD',
      series: ['Vento', 'Plan'],
      option: {
        name: 'Diameter',
        values: optionValues(['256 mm', 1], ['280 mm', 1.15], ['312 mm', 1.4]),
      },
      grams: 5200,
      goesWith: ['brake-pads', 'brake-fluids'],
      kinds: [
        kind(
          ['Solid Brake Disc', 'Massive Bremsscheibe'],
          2690,
          { material: 'cast-iron', axle: 'rear', thickness_mm: 10 },
          [
            'A plain disc for the rear axle, turned to two hundredths of a millimetre so that nothing judders.',
            'Eine schlichte Scheibe für die Hinterachse, auf zwei Hundertstel Millimeter gedreht, damit nichts rubbelt.',
          ],
        ),
        kind(
          ['Vented Brake Disc', 'Innenbelüftete Bremsscheibe'],
          4390,
          { material: 'cast-iron', axle: 'front', thickness_mm: 24 },
          [
            'Curved vanes between the friction rings carry the heat away before the pedal gets soft.',
            'Geschwungene Stege zwischen den Reibringen führen die Wärme ab, bevor das Pedal weich wird.',
          ],
        ),
        kind(
          ['Slotted Brake Disc', 'Geschlitzte Bremsscheibe'],
          6290,
          { material: 'cast-iron', axle: 'front', thickness_mm: 25 },
          [
            'Six slots keep the pads clean and bite at once, also in heavy rain.',
            'Sechs Schlitze halten die Beläge sauber und sorgen auch bei starkem Regen für sofortigen Biss.',
          ],
        ),
        kind(
          ['Drilled Brake Disc', 'Gelochte Bremsscheibe'],
          6890,
          { material: 'cast-iron', axle: 'front', thickness_mm: 25 },
          [
            'Chamfered holes save weight and let gas escape; made for brisk country roads.',
            'Angefaste Bohrungen sparen Gewicht und lassen Gase entweichen; gemacht für flotte Landstraßen.',
          ],
        ),
        kind(
          ['Coated Brake Disc', 'Beschichtete Bremsscheibe'],
          4990,
          { material: 'cast-iron', axle: 'both', thickness_mm: 22 },
          [
            'A zinc coating on hub and edge keeps the rust off, so the wheel still comes off after three winters.',
            'Eine Zinkbeschichtung an Topf und Rand hält den Rost fern, damit sich das Rad auch nach drei Wintern noch löst.',
          ],
        ),
      ],
    },
    {
      slug: 'brake-pads',
      name: { en: 'Brake pads', de: 'Bremsbeläge' },
      code: 'BP',
      series: ['Griff', 'Kontakt'],
      option: {
        name: 'Width',
        values: optionValues(['116 mm', 1], ['131 mm', 1.12], ['155 mm', 1.3]),
      },
      grams: 1400,
      goesWith: ['brake-discs', 'brake-calipers'],
      kinds: [
        kind(
          ['Organic Brake Pad Set', 'Organischer Bremsbelagsatz'],
          1990,
          { material: 'organic', axle: 'rear', low_dust: true },
          [
            'A quiet compound without metal for calm drivers and light cars.',
            'Eine leise Mischung ohne Metall für ruhige Fahrer und leichte Autos.',
          ],
        ),
        kind(
          ['Ceramic Brake Pad Set', 'Keramik-Bremsbelagsatz'],
          3890,
          { material: 'ceramic', axle: 'front', low_dust: true },
          [
            'Ceramic fibres leave hardly any dust on the rims and stay silent in the cold.',
            'Keramikfasern hinterlassen kaum Staub auf den Felgen und bleiben auch bei Kälte still.',
          ],
        ),
        kind(
          ['Semi-Metallic Brake Pad Set', 'Halbmetallischer Bremsbelagsatz'],
          2790,
          { material: 'semimetallic', axle: 'front', low_dust: false },
          [
            'The reliable standard: a firm pedal on the first metre and on the last bend of the pass.',
            'Der verlässliche Standard: ein festes Pedal auf dem ersten Meter und in der letzten Kehre des Passes.',
          ],
        ),
        kind(
          ['Sport Brake Pad Set', 'Sport-Bremsbelagsatz'],
          7490,
          { material: 'semimetallic', axle: 'both', low_dust: false },
          [
            'For trackdays: full friction up to 650 degrees, with a wear indicator that still works there.',
            'Für den Rundkurs: volle Reibung bis 650 Grad, mit einer Verschleißanzeige, die auch dann noch funktioniert.',
          ],
        ),
        kind(
          ['Brake Pad Set for Electric Cars', 'Bremsbelagsatz für Elektroautos'],
          4290,
          { material: 'ceramic', axle: 'both', low_dust: true },
          [
            'Electric cars brake seldom; this set resists corrosion and grips even after weeks of recuperation.',
            'Elektroautos bremsen selten; dieser Satz widersteht Korrosion und greift auch nach Wochen der Rekuperation.',
          ],
        ),
      ],
    },
    {
      slug: 'brake-calipers',
      name: { en: 'Brake calipers', de: 'Bremssättel' },
      code: 'BC',
      series: ['Zange', 'Form'],
      option: {
        name: 'Piston',
        values: optionValues(['38 mm', 1], ['54 mm', 1.1], ['60 mm', 1.22]),
      },
      grams: 4300,
      goesWith: ['brake-pads', 'brake-fluids'],
      kinds: [
        kind(
          ['Floating Caliper', 'Faustsattel'],
          7990,
          { material: 'cast-iron', axle: 'front', pistons: 1 },
          [
            'A new casting, not a rebuilt one, with greased guide pins and a bleed screw that opens.',
            'Ein neues Gussteil, kein überholtes, mit gefetteten Führungsbolzen und einer Entlüfterschraube, die sich öffnen lässt.',
          ],
        ),
        kind(
          ['Four-Piston Fixed Caliper', 'Vierkolben-Festsattel'],
          24900,
          { material: 'aluminium', axle: 'front', pistons: 4 },
          [
            'Forged aluminium, stiff and light, with pistons of two sizes for even pad wear.',
            'Geschmiedetes Aluminium, steif und leicht, mit Kolben in zwei Größen für gleichmäßigen Belagverschleiß.',
          ],
        ),
        kind(
          ['Caliper with Parking Brake', 'Bremssattel mit Feststellbremse'],
          13900,
          { material: 'aluminium', axle: 'rear', pistons: 1 },
          [
            'With the electric actuator already mounted and calibrated; the workshop only has to bleed it.',
            'Mit bereits montiertem und angelerntem Stellmotor; die Werkstatt muss nur noch entlüften.',
          ],
        ),
        kind(
          ['Caliper Repair Kit', 'Bremssattel-Reparatursatz'],
          1890,
          { material: 'rubber', axle: 'both', pistons: 1 },
          [
            'Seals, dust boot, guide sleeves and the right grease: everything to save a tired caliper.',
            'Dichtringe, Staubmanschette, Führungshülsen und das passende Fett: alles, um einen müden Sattel zu retten.',
          ],
        ),
        kind(
          ['Caliper Bracket', 'Bremssattelhalter'],
          3490,
          { material: 'steel', axle: 'both', pistons: 0 },
          [
            'Electro-plated bracket with new stainless pad slides; bolts are included.',
            'Galvanisch verzinkter Halter mit neuen Gleitblechen aus Edelstahl; die Schrauben liegen bei.',
          ],
        ),
      ],
    },
    {
      slug: 'brake-fluids',
      name: { en: 'Brake fluids', de: 'Bremsflüssigkeiten' },
      code: 'BF',
      series: ['Hydra', 'Liquid'],
      option: {
        name: 'Volume',
        values: optionValues(['250 ml', 1], ['500 ml', 1.7], ['1 l', 2.9]),
      },
      grams: 320,
      goesWith: ['brake-calipers', 'brake-discs'],
      kinds: [
        kind(
          ['Brake Fluid DOT 3', 'Bremsflüssigkeit DOT 3'],
          390,
          { boiling_point_c: 230, change_km: 30_000 },
          [
            'For older cars whose seals ask for it. Change it every two years, whatever the mileage.',
            'Für ältere Autos, deren Dichtungen danach verlangen. Alle zwei Jahre wechseln, gleich wie viele Kilometer gefahren sind.',
          ],
        ),
        kind(
          ['Brake Fluid DOT 4', 'Bremsflüssigkeit DOT 4'],
          490,
          { boiling_point_c: 260, change_km: 40_000 },
          [
            'The right fluid for most cars on the road, sealed under dry gas.',
            'Die richtige Flüssigkeit für die meisten Autos auf der Straße, unter trockenem Gas abgefüllt.',
          ],
        ),
        kind(
          ['Brake Fluid DOT 4 LV', 'Bremsflüssigkeit DOT 4 LV'],
          690,
          { boiling_point_c: 265, change_km: 40_000 },
          [
            'Thin in the cold, so that ABS and ESP react as fast at minus thirty as in July.',
            'Auch bei Kälte dünnflüssig, damit ABS und ESP bei minus dreißig Grad so schnell reagieren wie im Juli.',
          ],
        ),
        kind(
          ['Brake Fluid DOT 5.1', 'Bremsflüssigkeit DOT 5.1'],
          890,
          { boiling_point_c: 270, change_km: 40_000 },
          [
            'High boiling point for caravans and mountain roads; mixes with DOT 4.',
            'Hoher Siedepunkt für Wohnwagengespanne und Bergstraßen; mit DOT 4 mischbar.',
          ],
        ),
        kind(
          ['Racing Brake Fluid', 'Rennsport-Bremsflüssigkeit'],
          1590,
          { boiling_point_c: 325, change_km: 5000 },
          [
            'For the track only: it stays firm at temperatures at which others have long boiled.',
            'Nur für die Rennstrecke: Sie bleibt fest, wo andere längst gekocht haben.',
          ],
        ),
      ],
    },
  ],
};
