import { format, resolveConfig } from 'prettier';

/** A file that follows from the code. */
export interface GeneratedDocument {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Markdown or JSON, formatted here, so that the document and the format check never disagree. */
export async function formattedDocument(path: string, text: string): Promise<GeneratedDocument> {
  const style = await resolveConfig(path);
  return { path, text: await format(text, { ...style, filepath: path }) };
}
