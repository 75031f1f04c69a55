import type { RuleBreach } from '#libs/kernel';
import { facetLimits, type FacetSettings } from './facet-settings.js';

/** What is wrong with facet settings; nothing when they can be used. */
export function facetBreaches({ attributes }: FacetSettings): RuleBreach[] {
  const breaches: RuleBreach[] = [];
  const { attributes: most, values: mostValues } = facetLimits;
  if (attributes.length > most) breaches.push({ path: 'attributes', message: `at most ${most}` });
  const codes = new Set<string>();
  let valueCount = 0;
  for (const [index, setting] of attributes.entries()) {
    const path = `attributes.${index}`;
    if (codes.has(setting.code)) breaches.push({ path, message: 'each code once' });
    codes.add(setting.code);
    if (setting.show !== 'as-listed') continue;
    const { values } = setting;
    valueCount += values.length;
    if (new Set(values).size < values.length || values.length === 0) {
      breaches.push({ path: `${path}.values`, message: 'one value or more, each once' });
    }
  }
  if (valueCount > mostValues) {
    breaches.push({
      path: 'attributes',
      message: `at most ${mostValues} values of all attributes`,
    });
  }
  return breaches;
}
