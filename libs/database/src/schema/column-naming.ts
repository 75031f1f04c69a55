import { DefaultNamingStrategy } from 'typeorm';

/**
 * A column is named as its property, in snake case; so the types of {@link RowOf} are right by rule
 * instead of by care. Throws where an entity wants another name: `RowOf` knows none.
 */
class ColumnNaming extends DefaultNamingStrategy {
  override columnName(
    propertyName: string,
    customName: string | undefined,
    embeddedPrefixes: string[],
  ): string {
    if (customName !== undefined || embeddedPrefixes.length > 0) {
      throw new TypeError(
        `the column of ${propertyName} is named as the property is: give it no other name, and embed nothing`,
      );
    }
    return propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

export const columnNaming = new ColumnNaming();
