import { describe, expect, test } from 'vitest';
import { sanitiseHtml } from '../../channels/email/html/sanitise-html.ts';

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<form action="https://mal.example"><input type=password><button formaction="javascript:alert(1)">x</button></form>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<style>@import "https://mal.example/x.css";</style><link rel=stylesheet href="https://mal.example/x.css">',
  '<div style="background-image:url(javascript:alert(1))">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<div style="position:fixed;inset:0;z-index:9999">x</div>',
  '<base href="https://mal.example/"><meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<template><script>alert(1)</script></template><textarea></textarea><xmp><img src=x onerror=alert(1)></xmp>',
  '<p id="app" class="modal" name="x">x</p>',
  '<video src="https://mal.example/x" poster="https://mal.example/y" autoplay></video>',
  '<table background="https://mal.example/x"><tr><td>x</td></tr></table>',
  '<img srcset="https://mal.example/x 2x" src="//mal.example/x"><img src="data:image/svg+xml,<svg onload=alert(1)>">',
];
const forbidden =
  /<(?:script|svg|iframe|object|embed|form|input|button|style|link|base|meta|math|template|video|textarea)|\son\w+=|javascript:|vbscript:|data:|expression|url\(|position|@import|srcset|(?:^|\s)(?:src|poster|background)=["']?(?:https?:)?\/\/|\s(?:id|class)=/i;

describe('the HTML of a mail', () => {
  test.for(attacks)('loses what could act: %s', (attack) => {
    expect(sanitiseHtml(`<p>antes</p>${attack}`).replace(/data-src="[^"]*"/g, '')).not.toMatch(forbidden);
  });

  test('keeps text, lists, tables, colours and links', () => {
    const html =
      '<h2 style="color:#333">Hola</h2><ul><li>uno</li></ul><table border="1"><tr><td colspan="2">dos</td></tr></table>';
    expect(sanitiseHtml(html)).toBe(html);
    expect(sanitiseHtml('<a href="mailto:ana@example.com">Ana</a>')).toContain('href="mailto:ana@example.com"');
  });

  test('keeps its own pictures and lets those of the internet wait', () => {
    expect(sanitiseHtml('<img src="cid:a@b" alt="x">')).toBe('<img alt="x" src="cid:a@b" />');
    expect(sanitiseHtml('<img src="https://a.example/p.png">')).toBe('<img data-src="https://a.example/p.png" />');
    expect(sanitiseHtml('<img data-src="javascript:alert(1)" src="https://a.example/p.png">')).toBe(
      '<img data-src="https://a.example/p.png" />',
    );
    expect(sanitiseHtml('<img data-src="javascript:alert(1)">')).toBe('<img />');
  });
});
