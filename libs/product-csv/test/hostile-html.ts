const PIECES = [
  ...'< > </ /> " \' = & &amp; &lt; &#x6a; &#0; &#106 &Tab; &colon; <p> </p> <p/ <a href= <a href=" <img src= <img src=x onerror= onerror="x()" onload= javascript: java&#10;script: vbscript: data:text/html, https: //x.example \\\\x <script> </script> </script <scr<script>ipt> <style> </style> <svg> </svg> <math> <mtext> <mglyph> <foreignObject> <annotation-xml encoding=text/html> <!-- --> --!> <!--> <![CDATA[ ]]> <!DOCTYPE <?x ?> <b> </b> <i> </i> <ul> <ol start= <li> <dl> <dt> <dd> <table> </table> <tr> <td> <th> <tbody> <caption> <div> </div> <h1> <hr> <br/> <section> <span> </span> <form> <input> <select> <option> <button> <template> </template> <noscript> </noscript> <title> </title> <textarea> </textarea> <xmp> <iframe srcdoc= <noembed> <noframes> <plaintext> <object> <embed <base href= <meta <link <body> </body> <html> <frameset> <marquee> <isindex> <image src= title= title=" title=\' style= class= lang= dir= width= srcset= x1 word'.split(
    ' ',
  ),
  ...[
    ' ',
    '\n',
    '\t',
    '\f',
    '\u0000',
    '\u0001',
    '\u00a0',
    '\u2028',
    '\ud800',
    '\ufeff',
    '😀',
    '```',
  ],
];
const MAX_PIECES = 30;

/**
 * HTML put together from what has fooled sanitisers before, the same for the same seed: broken tags
 * and quotes, elements that switch a parser's mode, comments, references, controls, URLs of scripts.
 */
export function* hostileHtml(seed: number, count: number): Generator<string, void, undefined> {
  let state = seed >>> 0;
  // mulberry32
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  for (let made = 0; made < count; made += 1) {
    let html = '';
    for (let left = 1 + next(MAX_PIECES); left > 0; left -= 1) {
      html += PIECES[next(PIECES.length)] ?? '';
      if (next(4) === 0) html += ' ';
    }
    yield html;
  }
}
