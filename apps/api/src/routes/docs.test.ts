import { describe, expect, inject, it } from 'vitest';
import { at } from '../../test/base-path.ts';
import { openCounter } from '../../test/counter.ts';

describe('the reference', () => {
  it('has every call of the document, with its errors and a curl line, and can be read without scripts', async () => {
    const visitor = (await openCounter({ PUBLIC_URL: 'https://id.example.com' })).visitor();
    const { paths, components } = (await visitor.get('/openapi.json')).json();
    const { body, headers } = await visitor.get('/docs');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/style=|<script(?! type="module" src)/);
    for (const operations of Object.values<object>(paths)) {
      for (const { operationId, summary } of Object.values(operations)) {
        expect(body).toContain(`<details id="${operationId}"`);
        expect(body).toContain(`<span>${summary}</span>`);
      }
    }
    for (const name of Object.keys(components.schemas)) {
      expect(body).toContain(`<details id="schema-${name}"`);
    }
    expect(body).toContain('curl -i -b jar -c jar -X DELETE <span');
    expect(body).toContain(`${at('https://id.example.com/me/sessions/{id}')}</span>`);
    for (const slug of ['username-taken', 'not-logged-in']) {
      expect(body).toContain(`<a href="${at(`/problems/${slug}`)}"><code>${slug}</code></a>`);
    }
    const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('says whose server this is', async () => {
    const visitor = (
      await openCounter({ HOUSE_NAME: 'R&D <Wiki>', HOUSE_CONTACT: 'help@example.com' })
    ).visitor();
    const { body } = await visitor.get('/docs');
    expect(body).toContain('<title>The API · R&amp;D &lt;Wiki&gt;</title>');
    expect(body).toContain('<bdi>R&amp;D &lt;Wiki&gt;</bdi></a>');
    expect(body).toContain('<li>Run by <bdi>R&amp;D &lt;Wiki&gt;</bdi></li>');
    expect(body).toContain('<a href="mailto:help@example.com">Contact</a>');
  });

  it('has the style and the script of the build, and the header leads back to the page', async () => {
    const visitor = (await openCounter()).visitor();
    const { body } = await visitor.get('/docs');
    expect(body).toContain(`<a class="mark" href="${at('/')}">`);
    const files = [...body.matchAll(/(?:href|src)="([^"]*\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files.map((file) => file.replace(/.*\./, ''))).toEqual(['woff2', 'css', 'js']);
    for (const file of files) {
      const path = file.slice(inject('basePath').length);
      expect((await visitor.get(path)).statusCode, file).toBe(200);
    }
    expect((await visitor.get('/problems/not-found')).body).toContain(files[1]);
  });
});
