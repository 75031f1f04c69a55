import { extractText, getDocumentProxy } from 'unpdf';

/** What a reader of the PDF sees, in one line. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)), {
    mergePages: true,
  });
  return text.replaceAll(/\s+/g, ' ');
}
