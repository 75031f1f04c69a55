import { StreamableFile } from '@nestjs/common';

interface NamedFile {
  /** Plain: letters, digits, dots and dashes. */
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** The answer with a file that is saved under its name. */
export function download({ filename, contentType, content }: NamedFile): StreamableFile {
  return new StreamableFile(content, {
    type: contentType,
    disposition: `attachment; filename="${filename}"`,
  });
}
