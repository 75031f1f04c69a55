import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml } from '#libs/kernel';
import { writeLetter } from './letter.js';
import { mailLanguageOf } from './mail.js';

describe('writeLetter', () => {
  it('shows what a shopper typed as text, wherever it stands', () => {
    const evil = `"><script>alert('x')</script>&amp;`;
    const { html, text } = writeLetter({
      language: 'en',
      title: evil,
      blocks: [
        { kind: 'heading', text: evil },
        { kind: 'paragraph', text: evil },
        { kind: 'link', label: evil, url: `https://shop.example/?q=${evil}` },
        { kind: 'lines', lines: [evil, evil] },
        { kind: 'table', rows: [[evil, evil]] },
      ],
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('">"');
    expect(html.split(escapeHtml(evil)).length - 1).toBe(9);
    expect(text).toContain(evil);
  });

  it('leads nowhere but to pages', () => {
    const letter = (url: string) =>
      writeLetter({ language: 'en', title: '', blocks: [{ kind: 'link', label: 'x', url }] });
    expect(() => letter('javascript:alert(1)')).toThrow(RangeError);
    expect(letter('https://shop.example').text).toContain('https://shop.example');
  });

  it('escapes every text so that no tag and no attribute ends in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });
});

describe('mailLanguageOf', () => {
  it('takes the template of the language, and English where there is none', () => {
    expect(['de-AT', 'DE', 'en_GB', 'fr', ''].map(mailLanguageOf)).toEqual([
      'de',
      'de',
      'en',
      'en',
      'en',
    ]);
  });
});
