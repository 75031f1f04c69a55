/** A drawn picture that the installation itself holds; the site serves it under `/media/<path>`. */
export interface Picture {
  /** Folder and file, up to 200 characters. */
  readonly path: string;
  readonly contentType: string;
  /** The document as text, for instance SVG. */
  readonly body: string;
}
