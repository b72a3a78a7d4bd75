import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { problemCodes } from '../problem.js';
import { startApi, type TestApi } from '../test-support/start-api.js';
import { html, prose } from './html.js';

let api: TestApi;
let response: Response;
let page: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  response = await fetch(`${api.url}/docs`);
  page = await response.text();
});
afterAll(() => api.close());

describe('The page at /docs', () => {
  it('forbids every script, and needs none', () => {
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|src=/i);
  });

  it('takes nothing from other hosts, and its style is there', async () => {
    const addresses = [...page.matchAll(/href="([^"#][^"]*)"/g)].map(([, address]) => address);
    expect(new Set(addresses)).toEqual(new Set(['/docs/style.css', '/openapi.json']));
    const style = await fetch(`${api.url}/docs/style.css`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await style.text()).toContain('body {');
  });

  it('shows every operation, and every link in it leads somewhere', async () => {
    const document = await (await fetch(`${api.url}/openapi.json`)).text();
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name));
    for (const [, id] of document.matchAll(/"operationId":"([^"]+)"/g)) expect(anchors).toContain(id);
    for (const [, name] of page.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(name);
    for (const code of problemCodes) expect(page).toContain(code);
  });

  it('is short', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(360_000);
  });
});

describe('A text on the page', () => {
  it('never becomes markup', () => {
    const text = '<b title="x">&`<i>`';
    expect(html`<p>${text}</p>`.html).toBe('<p>&lt;b title=&quot;x&quot;&gt;&amp;`&lt;i&gt;`</p>');
    expect(prose(text).html).toBe('&lt;b title=&quot;x&quot;&gt;&amp;<code>&lt;i&gt;</code>');
  });
});
