import { DefaultNamingStrategy } from 'typeorm';

/**
 * A column is named as its property, in snake case; so the types of {@link RowOf} are right by rule
 * instead of by care.
 */
class ColumnNaming extends DefaultNamingStrategy {
  override columnName(propertyName: string): string {
    return propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

export const columnNaming = new ColumnNaming();
