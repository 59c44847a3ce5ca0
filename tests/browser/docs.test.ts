import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';

const house = openHouse();

describe('the reference at /docs', () => {
  it('shows every call and tries them against this server, with this browser’s cookie', async () => {
    const { page, complaints } = await house.visit();
    await page.goto('/docs');
    const call = (name: string) => page.locator(`[id^="operations-"][id$="-${name}"]`);
    const answer = async (name: string) => {
      await call(name).locator('.opblock-summary-control').click();
      await call(name).getByRole('button', { name: 'Execute' }).click();
      return call(name).locator('.live-responses-table tbody .response-col_status').first().textContent();
    };
    // The example that the reference fills in makes an account; its cookie is then sent along.
    expect(await answer('register')).toContain('201');
    expect(await answer('me')).toContain('200');
    expect(await answer('logout')).toContain('204');
    expect(complaints).toEqual([]);
  });
});

describe('the page of a problem', () => {
  it.each([320, 1280])('reads well at %i pixels, with nothing that its policy forbids', async (width) => {
    const { page, complaints } = await house.visit({ viewport: { width, height: 700 } });
    await page.goto('/problems/not-logged-in');
    await page.getByRole('heading', { name: 'Not logged in' }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
