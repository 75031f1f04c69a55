import { describe, expect, it } from '@jest/globals';
import { hostileHtml } from '../../test/hostile-html.js';
import { sanitiseHtml } from './sanitise-html.js';

/** As many times as long as honest text of the same length may the worst input take; what grows with the square takes thousands. */
const MAX_FACTOR = 10;

describe('sanitiseHtml', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['<p>One<p>Two', '<p>One</p><p>Two</p>'],
    ['<UL><LI>a<LI>b</UL>', '<ul><li>a</li><li>b</li></ul>'],
    ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
    [
      '<table><tr><td>a<td>b<tr><td>c</table>',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
    ],
    ['a<br/>b<hr>', 'a<br />b<hr />'],
    ['&uuml; &#252; &#xfc; &bogus &', 'ü ü ü &amp;bogus &amp;'],
    ['<span class="x">kept</span> <font color=red>text</font>', 'kept text'],
    ['<a href="/a?x=1&amp;y=2" target=_blank>l</a>', '<a href="/a?x=1&amp;y=2">l</a>'],
    [
      "<a href='mailto:a@b.example' title='\"q\"'>m</a>",
      '<a href="mailto:a@b.example" title="&quot;q&quot;">m</a>',
    ],
    [
      '<img src=https://x.example/i.png alt=A width=10 height=x>',
      '<img src="https://x.example/i.png" alt="A" width="10" />',
    ],
    ['<ol start="3" type=a><li>x</ol>', '<ol start="3" type="a"><li>x</li></ol>'],
    ['</p></div>x', '<p></p>x'],
    ['<p><span>a<p>b</span>c', '<p>a</p><p>b</p>c<p></p>'],
    ['a<!-- c --><!-->b<?php x ?><![CDATA[y]]>c', 'abc'],
    ['1 <2', '1 &lt;2'],
    ['a\ud800b&#xd800;', 'a\ufffdb\ufffd'],
  ])('writes %j as %j', (html, safe) => {
    expect(sanitiseHtml(html)).toBe(safe);
  });

  it.each([
    ['<script>alert(1)</script>x', 'x'],
    ['<SCRIPT/x>alert(1)</script >x', 'x'],
    ['<script>document.write("</p>")', ''],
    ['<scr<script>ipt>alert(1)</script>', 'ipt&gt;alert(1)'],
    ['<style>@import "x"</style>x', 'x'],
    ['<img src=x onerror=alert(1)>', '<img src="x" />'],
    ['<img/src="x"/onerror="alert(1)">', '<img src="x" />'],
    ['<img src="javascript:alert(1)">', ''],
    ['<img src="data:text/html,x">', ''],
    ['<p style="background:url(javascript:x)" onclick=x()>a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="  jAvAsCrIpT:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="java&#10;script:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="java&Tab;script&colon;alert(1)">x</a>', '<a>x</a>'],
    ['<a href="&#106avascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="\u0001javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="vbscript:x">x</a><a href="data:text/html;base64,x">y</a>', '<a>x</a><a>y</a>'],
    ['<a href="\\\\evil.example">x</a>', '<a>x</a>'],
    ['<svg><g onload="x()"/><svg></svg><p>in</p></svg>out', 'out'],
    ['<math><mtext><table><mglyph><style><img src=x onerror=x>', ''],
    ['<template><p>x</template>y', 'y'],
    ['<iframe src="https://x.example"><p>x</iframe>y', 'y'],
    ['<object data=x><param></object><embed src=x>y', 'y'],
    ['<form action=/x><input name=a><button>b</button>text</form>', 'text'],
    ['<textarea><img src=x onerror=x></textarea>y', 'y'],
    ['<noscript><p title="</noscript><img src=x onerror=x>">', ''],
    ['<xmp><p title="</xmp><img src=x onerror=x>">', '<img src="x" />"&gt;'],
    ['<base href="https://x.example"><meta http-equiv=refresh><link rel=x>y', 'y'],
    [
      '<p title="a>b<script>x</script>">t</p>',
      '<p title="a&gt;b&lt;script&gt;x&lt;/script&gt;">t</p>',
    ],
    ['<p title=\'" onclick="x()\'>t</p>', '<p title="&quot; onclick=&quot;x()">t</p>'],
    ['<p title="x" title="y" TITLE=z>t</p>', '<p title="x">t</p>'],
    ['<b', ''],
    ['x<a href="y', 'x'],
    ['x<!-- y', 'x'],
  ])('makes %j harmless', (html, safe) => {
    expect(sanitiseHtml(html)).toBe(safe);
  });

  // Written independently of the implementation: nothing else may be in the output.
  const ELEMENTS =
    'p|div|h[1-6]|strong|b|em|i|u|s|del|ins|mark|su[bp]|small|abbr|[uod]l|li|d[td]|blockquote|pre|code|figure|figcaption|table|caption|thead|tbody|tfoot|t[rdh]|a|img|br|hr';
  const ATTRIBUTES =
    '(?: (?:href|src)="(?!\\s*(?:javascript|vbscript|data):)[^"<>]*"| (?:title|alt|lang|dir|width|height|start|type|value|colspan|rowspan|scope)="[^"<>]*")*';
  const SAFE = new RegExp(
    `^(?:[^<>]|<(?:${ELEMENTS})${ATTRIBUTES}>|<(?:img|br|hr)${ATTRIBUTES} />|</(?:${ELEMENTS})>)*$`,
  );
  // oxlint-disable-next-line no-control-regex
  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

  function isBalanced(html: string): boolean {
    const open: string[] = [];
    for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z0-9]+)/g)) {
      if (slash === '/' && open.pop() !== name) return false;
      if (slash === '' && !['br', 'hr', 'img'].includes(name)) open.push(name);
    }
    return open.length === 0;
  }

  it('writes only what is allowed, balanced, and changes nothing the second time, whatever it reads', () => {
    const broken: string[] = [];
    for (const html of hostileHtml(20_261_128, 20_000)) {
      const safe = sanitiseHtml(html);
      const isRight =
        SAFE.test(safe) && !CONTROL.test(safe) && isBalanced(safe) && sanitiseHtml(safe) === safe;
      if (!isRight) broken.push(html);
    }
    expect(broken).toEqual([]);
  });

  it('nests no deeper than a browser draws', () => {
    const safe = sanitiseHtml('<div>'.repeat(500));
    expect(safe).toBe('<div>'.repeat(50) + '</div>'.repeat(50));
    expect(sanitiseHtml(safe)).toBe(safe);
  });

  /** How many times as long it takes as paragraphs of the same length. */
  function factorOf(text: string, length: number): number {
    const took = (part: string): number => {
      const html = part.repeat(Math.ceil(length / part.length));
      const started = process.hrtime.bigint();
      sanitiseHtml(html);
      return Number(process.hrtime.bigint() - started);
    };
    // The fastest of each: whatever else the machine does only ever adds to a time.
    let [honest, hostile] = [Infinity, Infinity];
    for (let attempt = 0; attempt < 20; attempt += 1) {
      honest = Math.min(honest, took('<p>One <b>word</b></p>'));
      hostile = Math.min(hostile, took(text));
      if (attempt >= 1 && hostile / honest <= MAX_FACTOR) break;
    }
    return hostile / honest;
  }

  it.each([
    '<',
    '<a ',
    '<!--',
    '<p>',
    '<script>',
    '</script ',
    '<a href="',
    "<a b='",
    '&#',
    '<p/',
    '<svg>',
    '<noscript>',
    '<img>',
    '<b>',
    '</p>',
    ' ',
    '<p><span>',
    '<a href="&#106;',
  ])('takes little longer than paragraphs of the same length for %j repeated', (text) => {
    expect(factorOf(text, 50_000)).toBeLessThanOrEqual(MAX_FACTOR);
  });
});
