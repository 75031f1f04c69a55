import { kind, optionValues, type DemoDepartment } from './demo-family.js';

export const lighting: DemoDepartment = {
  slug: 'lighting',
  name: { en: 'Lighting', de: 'Beleuchtung' },
  brands: [
    {
      name: 'Lumivant',
      code: 'LMV',
      priceFactor: 1.2,
      text: {
        en: 'Lumivant sorts its light sources by colour, so that left and right look the same.',
        de: 'Lumivant sortiert seine Lichtquellen nach Farbe, damit links und rechts gleich aussehen.',
      },
    },
    {
      name: 'Nachtfalk',
      code: 'NFK',
      priceFactor: 0.95,
      text: {
        en: 'Nachtfalk builds for drivers who are on the road when it is dark.',
        de: 'Nachtfalk baut für Fahrer, die unterwegs sind, wenn es dunkel ist.',
      },
    },
  ],
  families: [
    {
      slug: 'headlight-bulbs',
      name: { en: 'Headlight bulbs', de: 'Scheinwerferlampen' },
      code: 'HB',
      series: ['Klar', 'Strahl'],
      option: { name: 'Base', values: optionValues(['H1', 1], ['H4', 1.1], ['H7', 1.15]) },
      grams: 60,
      goesWith: ['rear-lights', 'interior-lighting'],
      kinds: [
        kind(
          ['Halogen Headlight Bulb', 'Halogen-Scheinwerferlampe'],
          690,
          { technology: 'halogen', lumen: 1450, kelvin: 3200, approved: true },
          [
            'The bulb that fits and is approved everywhere; keep a spare one in the boot.',
            'Die Lampe, die passt und überall zugelassen ist; eine zweite gehört in den Kofferraum.',
          ],
        ),
        kind(
          ['Long-Life Headlight Bulb', 'Langlebige Scheinwerferlampe'],
          890,
          { technology: 'halogen', lumen: 1400, kelvin: 3100, lifetime_h: 1500, approved: true },
          [
            'Three times the life of a standard bulb, for daytime drivers and awkward headlights.',
            'Die dreifache Lebensdauer einer Standardlampe, für Tagfahrer und schwer zugängliche Scheinwerfer.',
          ],
        ),
        kind(
          ['High-Output Headlight Bulb', 'Scheinwerferlampe mit mehr Licht'],
          1490,
          { technology: 'halogen', lumen: 1650, kelvin: 3700, lifetime_h: 250, approved: true },
          [
            'A finer filament brings more light to the edge of the road where deer stand.',
            'Eine feinere Wendel bringt mehr Licht an den Straßenrand, dorthin, wo das Wild steht.',
          ],
        ),
        kind(
          ['Cool White Headlight Bulb', 'Kaltweiße Scheinwerferlampe'],
          1290,
          { technology: 'halogen', lumen: 1400, kelvin: 4200, approved: true },
          [
            'Whiter light that matches LED daytime running lights.',
            'Weißeres Licht, das zu LED-Tagfahrlichtern passt.',
          ],
        ),
        kind(
          ['LED Retrofit Headlight Bulb', 'LED-Nachrüstlampe'],
          4990,
          { technology: 'led', lumen: 1800, kelvin: 6000, lifetime_h: 5000, approved: false },
          [
            'Off-road only where no approval for the car exists; check the list before you order.',
            'Ohne Freigabe für das Fahrzeug nur abseits der Straße; vor der Bestellung bitte die Liste prüfen.',
          ],
        ),
      ],
    },
    {
      slug: 'led-work-lights',
      name: { en: 'LED work lights', de: 'LED-Arbeitsscheinwerfer' },
      code: 'WL',
      series: ['Feld', 'Hof'],
      option: { name: 'Power', values: optionValues(['18 W', 1], ['36 W', 1.5], ['60 W', 2.1]) },
      grams: 700,
      goesWith: ['jump-starters', 'rear-lights'],
      kinds: [
        kind(
          ['Flood Work Light', 'Arbeitsscheinwerfer mit Flutlicht'],
          2490,
          { technology: 'led', beam_angle_deg: 120, voltage_v: 24, waterproof: true },
          [
            'Lights up the whole yard evenly, without the hard edge that tires the eyes.',
            'Leuchtet den ganzen Hof gleichmäßig aus, ohne die harte Kante, die die Augen ermüdet.',
          ],
        ),
        kind(
          ['Spot Work Light', 'Arbeitsscheinwerfer mit Punktlicht'],
          2690,
          { technology: 'led', beam_angle_deg: 20, voltage_v: 24, waterproof: true },
          [
            'A narrow beam that reaches the end of the field.',
            'Ein schmaler Strahl, der bis ans Ende des Feldes reicht.',
          ],
        ),
        kind(
          ['LED Light Bar', 'LED-Lichtbalken'],
          5990,
          { technology: 'led', beam_angle_deg: 60, voltage_v: 12, waterproof: true },
          [
            'Spot in the middle, flood at the ends, in a housing of die-cast aluminium.',
            'In der Mitte Punktlicht, an den Enden Flutlicht, in einem Gehäuse aus Aluminiumdruckguss.',
          ],
        ),
        kind(
          ['Magnetic Work Light', 'Arbeitsleuchte mit Magnetfuß'],
          1990,
          { technology: 'led', beam_angle_deg: 90, voltage_v: 12, waterproof: false },
          [
            'Sticks to bonnet or lift and turns where the work is.',
            'Haftet an Motorhaube oder Hebebühne und dreht sich dorthin, wo gearbeitet wird.',
          ],
        ),
        kind(
          ['Reversing Work Light', 'Rückfahrscheinwerfer'],
          3190,
          {
            technology: 'led',
            beam_angle_deg: 110,
            voltage_v: 24,
            waterproof: true,
            approved: true,
          },
          [
            'Approved as a reversing lamp: wide, low, and dazzling nobody.',
            'Als Rückfahrscheinwerfer zugelassen: breit, tief und ohne jemanden zu blenden.',
          ],
        ),
      ],
    },
    {
      slug: 'rear-lights',
      name: { en: 'Rear lights', de: 'Rückleuchten' },
      code: 'RL',
      series: ['Heck', 'Spur'],
      option: { name: 'Voltage', values: optionValues(['12 V', 1], ['24 V', 1.08]) },
      grams: 480,
      goesWith: ['headlight-bulbs', 'interior-lighting'],
      kinds: [
        kind(
          ['LED Combination Rear Light', 'LED-Kombinationsrückleuchte'],
          3990,
          { technology: 'led', colour: 'red', waterproof: true, approved: true },
          [
            'Tail, brake and indicator in one flat lamp for cars, trailers and tractors.',
            'Schluss-, Brems- und Blinklicht in einer flachen Leuchte für Autos, Anhänger und Traktoren.',
          ],
        ),
        kind(
          ['Third Brake Light', 'Dritte Bremsleuchte'],
          2790,
          { technology: 'led', colour: 'red', waterproof: true, approved: true },
          [
            'Lights up a fifth of a second earlier than a bulb: five metres on the motorway.',
            'Leuchtet eine Fünftelsekunde früher auf als eine Glühlampe: auf der Autobahn fünf Meter.',
          ],
        ),
        kind(
          ['Number Plate Light', 'Kennzeichenleuchte'],
          990,
          { technology: 'led', colour: 'white', waterproof: true, approved: true },
          [
            'A pair with bus-compatible resistors, so the dashboard stays quiet.',
            'Ein Paar mit CAN-Bus-tauglichen Widerständen, damit das Armaturenbrett ruhig bleibt.',
          ],
        ),
        kind(
          ['Rear Fog Light', 'Nebelschlussleuchte'],
          1790,
          { technology: 'halogen', colour: 'red', waterproof: true, approved: true },
          [
            'A deep red lens with prisms that are seen through the thickest fog.',
            'Eine tiefrote Streuscheibe mit Prismen, die auch im dichtesten Nebel zu sehen ist.',
          ],
        ),
        kind(
          ['Side Marker Light', 'Seitenmarkierungsleuchte'],
          790,
          { technology: 'led', colour: 'amber', waterproof: true, approved: true },
          [
            'For trailers and vans; two screws, two wires, done.',
            'Für Anhänger und Transporter; zwei Schrauben, zwei Kabel, fertig.',
          ],
        ),
      ],
    },
    {
      slug: 'interior-lighting',
      name: { en: 'Interior lighting', de: 'Innenbeleuchtung' },
      code: 'IL',
      series: ['Salon', 'Kabine'],
      option: { name: 'Pack', values: optionValues(['1 ×', 1], ['2 ×', 1.8], ['4 ×', 3.2]) },
      grams: 40,
      goesWith: ['headlight-bulbs', 'rear-lights'],
      kinds: [
        kind(
          ['LED Festoon Bulb', 'LED-Soffitte'],
          490,
          { technology: 'led', kelvin: 4000, lumen: 90, voltage_v: 12 },
          [
            'Replaces the festoon bulb in the roof lamp and stays cool.',
            'Ersetzt die Soffitte in der Deckenleuchte und bleibt kühl.',
          ],
        ),
        kind(
          ['Reading Lamp', 'Leselampe'],
          1290,
          { technology: 'led', kelvin: 3000, lumen: 60, voltage_v: 12 },
          [
            'Warm light for the back seat that does not disturb the driver.',
            'Warmes Licht für die Rückbank, das den Fahrer nicht stört.',
          ],
        ),
        kind(
          ['Boot Light', 'Kofferraumleuchte'],
          990,
          { technology: 'led', kelvin: 5000, lumen: 180, voltage_v: 12 },
          [
            'Three times as bright as the old one, in the same socket.',
            'Dreimal so hell wie die alte, in derselben Fassung.',
          ],
        ),
        kind(
          ['Footwell Light Strip', 'Fußraum-Lichtband'],
          1890,
          { technology: 'led', kelvin: 2700, lumen: 40, voltage_v: 12, length_m: 0.6 },
          [
            'A dimmable strip that is cut to length and glued in; no drilling.',
            'Ein dimmbares Band, das auf Länge geschnitten und eingeklebt wird; gebohrt wird nicht.',
          ],
        ),
        kind(
          ['Door Entry Light', 'Türeinstiegsleuchte'],
          1490,
          { technology: 'led', kelvin: 4500, lumen: 50, voltage_v: 12, waterproof: true },
          [
            'Shows the puddle before the shoe finds it.',
            'Zeigt die Pfütze, bevor der Schuh sie findet.',
          ],
        ),
      ],
    },
  ],
};
