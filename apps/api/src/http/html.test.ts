import { describe, expect, it } from 'vitest';
import { html, markupOf } from './html.ts';

describe('a piece of HTML', () => {
  it('has text from elsewhere in it as text, whatever that is', () => {
    const title = `<img src=x onerror="alert('&')">`;
    expect(markupOf(html`<p title="${title}">${title}</p>`)).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;">&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;</p>',
    );
  });

  it('has other pieces in it as they are, lists of them, and nothing where there is nothing', () => {
    const items = ['one', 'two'].map((item) => html`<li>${item}</li>`);
    expect(markupOf(html`<ul>${items}${undefined}${false}${3}</ul>`)).toBe(
      '<ul><li>one</li><li>two</li>3</ul>',
    );
  });
});
