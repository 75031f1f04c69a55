import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Stores, categories, products with variants, prices, stock, and what lists are read from. */
export class Catalog1730000000003 extends PortableMigration {
  readonly name = 'Catalog1730000000003';

  protected readonly tables = [
    'store',
    'category',
    'category_translation',
    'product',
    'product_translation',
    'product_option',
    'product_variant',
    'variant_price',
    'variant_stock',
    'product_attribute',
    'product_image',
    'product_listing_price',
    'product_listing_name',
    'product_term',
    'related_product',
    'import_file',
    'import_chunk',
    'import_issue',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE store (
        id ${t.id} NOT NULL PRIMARY KEY,
        code ${t.key(60)} NOT NULL,
        name ${t.text(200)} NOT NULL,
        default_currency ${t.key(3)} NOT NULL,
        default_locale ${t.key(20)} NOT NULL,
        currencies_json ${t.longText} NOT NULL,
        locales_json ${t.longText} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_store_code ON store (code)`,

      `CREATE TABLE category (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        parent_id ${t.id},
        slug ${t.key(200)} NOT NULL,
        sort_position ${t.integer} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_category_store FOREIGN KEY (store_id) REFERENCES store (id)
      )`,
      `CREATE UNIQUE INDEX ux_category_slug ON category (store_id, slug)`,
      `CREATE TABLE category_translation (
        category_id ${t.id} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        name ${t.text(300)} NOT NULL,
        CONSTRAINT pk_category_translation PRIMARY KEY (category_id, locale),
        CONSTRAINT fk_category_translation_category FOREIGN KEY (category_id) REFERENCES category (id)
      )`,

      `CREATE TABLE product (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        slug ${t.key(200)} NOT NULL,
        status ${t.key(20)} NOT NULL,
        brand ${t.key(200)},
        category_id ${t.id},
        source_key ${t.key(300)},
        source_hash ${t.key(64)},
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL,
        CONSTRAINT fk_product_store FOREIGN KEY (store_id) REFERENCES store (id),
        CONSTRAINT fk_product_category FOREIGN KEY (category_id) REFERENCES category (id)
      )`,
      `CREATE UNIQUE INDEX ux_product_slug ON product (store_id, slug)`,
      `CREATE UNIQUE INDEX ux_product_source ON product (store_id, source_key) WHERE source_key IS NOT NULL`,
      `CREATE INDEX ix_product_category ON product (category_id)`,
      `CREATE INDEX ix_product_brand ON product (store_id, brand)`,
      `CREATE INDEX ix_product_created ON product (store_id, created_at, id)`,

      `CREATE TABLE product_translation (
        product_id ${t.id} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        name ${t.text(500)} NOT NULL,
        description_html ${t.longText} NOT NULL,
        seo_title ${t.text(500)},
        seo_description ${t.text(2000)},
        CONSTRAINT pk_product_translation PRIMARY KEY (product_id, locale),
        CONSTRAINT fk_product_translation_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,

      `CREATE TABLE product_option (
        product_id ${t.id} NOT NULL,
        sort_position ${t.integer} NOT NULL,
        name ${t.text(255)} NOT NULL,
        CONSTRAINT pk_product_option PRIMARY KEY (product_id, sort_position),
        CONSTRAINT fk_product_option_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,

      `CREATE TABLE product_variant (
        id ${t.id} NOT NULL PRIMARY KEY,
        product_id ${t.id} NOT NULL,
        store_id ${t.id} NOT NULL,
        sku ${t.key(200)},
        sort_position ${t.integer} NOT NULL,
        option1 ${t.text(255)},
        option2 ${t.text(255)},
        option3 ${t.text(255)},
        barcode ${t.key(100)},
        weight_grams ${t.integer},
        CONSTRAINT fk_product_variant_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,
      `CREATE INDEX ix_product_variant_product ON product_variant (product_id, sort_position)`,
      `CREATE UNIQUE INDEX ux_product_variant_sku ON product_variant (store_id, sku) WHERE sku IS NOT NULL`,

      `CREATE TABLE variant_price (
        variant_id ${t.id} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        amount_minor ${t.integer} NOT NULL,
        compare_at_minor ${t.integer},
        CONSTRAINT pk_variant_price PRIMARY KEY (variant_id, currency),
        CONSTRAINT fk_variant_price_variant FOREIGN KEY (variant_id) REFERENCES product_variant (id)
      )`,
      `CREATE TABLE variant_stock (
        variant_id ${t.id} NOT NULL PRIMARY KEY,
        on_hand ${t.integer} NOT NULL,
        is_tracked ${t.flag} NOT NULL,
        allows_backorder ${t.flag} NOT NULL,
        CONSTRAINT fk_variant_stock_variant FOREIGN KEY (variant_id) REFERENCES product_variant (id)
      )`,

      `CREATE TABLE product_attribute (
        product_id ${t.id} NOT NULL,
        store_id ${t.id} NOT NULL,
        code ${t.key(64)} NOT NULL,
        attribute_value ${t.key(200)} NOT NULL,
        CONSTRAINT pk_product_attribute PRIMARY KEY (product_id, code, attribute_value),
        CONSTRAINT fk_product_attribute_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,
      `CREATE INDEX ix_product_attribute_value ON product_attribute (store_id, code, attribute_value, product_id)`,

      `CREATE TABLE product_image (
        product_id ${t.id} NOT NULL,
        sort_position ${t.integer} NOT NULL,
        url ${t.text(2000)} NOT NULL,
        alt ${t.text(1000)},
        CONSTRAINT pk_product_image PRIMARY KEY (product_id, sort_position),
        CONSTRAINT fk_product_image_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,

      `CREATE TABLE product_listing_price (
        product_id ${t.id} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        store_id ${t.id} NOT NULL,
        min_minor ${t.integer} NOT NULL,
        max_minor ${t.integer} NOT NULL,
        CONSTRAINT pk_product_listing_price PRIMARY KEY (product_id, currency),
        CONSTRAINT fk_product_listing_price_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,
      `CREATE INDEX ix_product_listing_price_min ON product_listing_price (store_id, currency, min_minor, product_id)`,

      `CREATE TABLE product_listing_name (
        product_id ${t.id} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        store_id ${t.id} NOT NULL,
        sort_name ${t.key(200)} NOT NULL,
        CONSTRAINT pk_product_listing_name PRIMARY KEY (product_id, locale),
        CONSTRAINT fk_product_listing_name_product FOREIGN KEY (product_id) REFERENCES product (id)
      )`,
      `CREATE INDEX ix_product_listing_name_sort ON product_listing_name (store_id, locale, sort_name, product_id)`,

      `CREATE TABLE product_term (
        store_id ${t.id} NOT NULL,
        term ${t.key(60)} NOT NULL,
        product_id ${t.id} NOT NULL,
        CONSTRAINT pk_product_term PRIMARY KEY (store_id, term, product_id)
      )`,
      `CREATE INDEX ix_product_term_product ON product_term (product_id, term)`,

      `CREATE TABLE related_product (
        product_id ${t.id} NOT NULL,
        related_id ${t.id} NOT NULL,
        sort_position ${t.integer} NOT NULL,
        CONSTRAINT pk_related_product PRIMARY KEY (product_id, related_id)
      )`,
      `CREATE INDEX ix_related_product_related ON related_product (related_id)`,

      `CREATE TABLE import_file (
        id ${t.id} NOT NULL PRIMARY KEY,
        store_id ${t.id} NOT NULL,
        file_name ${t.text(255)} NOT NULL,
        size_bytes ${t.integer} NOT NULL,
        sha256 ${t.key(64)} NOT NULL,
        currency ${t.key(3)} NOT NULL,
        locale ${t.key(20)} NOT NULL,
        is_dry_run ${t.flag} NOT NULL,
        job_id ${t.id},
        created_by ${t.id},
        created_at ${t.integer} NOT NULL,
        next_ordinal ${t.integer} NOT NULL,
        created_count ${t.integer} NOT NULL,
        updated_count ${t.integer} NOT NULL,
        unchanged_count ${t.integer} NOT NULL,
        rejected_count ${t.integer} NOT NULL,
        issue_count ${t.integer} NOT NULL,
        CONSTRAINT fk_import_file_store FOREIGN KEY (store_id) REFERENCES store (id)
      )`,
      `CREATE INDEX ix_import_file_created ON import_file (created_at, id)`,
      `CREATE TABLE import_chunk (
        import_id ${t.id} NOT NULL,
        sequence ${t.integer} NOT NULL,
        content ${t.longBytes} NOT NULL,
        CONSTRAINT pk_import_chunk PRIMARY KEY (import_id, sequence),
        CONSTRAINT fk_import_chunk_file FOREIGN KEY (import_id) REFERENCES import_file (id)
      )`,
      `CREATE TABLE import_issue (
        import_id ${t.id} NOT NULL,
        sequence ${t.integer} NOT NULL,
        line ${t.integer} NOT NULL,
        handle ${t.text(300)},
        column_name ${t.text(200)},
        code ${t.key(100)} NOT NULL,
        message ${t.text(1000)} NOT NULL,
        CONSTRAINT pk_import_issue PRIMARY KEY (import_id, sequence),
        CONSTRAINT fk_import_issue_file FOREIGN KEY (import_id) REFERENCES import_file (id)
      )`,
    ];
  }
}
