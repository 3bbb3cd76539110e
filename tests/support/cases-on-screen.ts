import type { Locator, Page } from 'playwright-core';

/** Cases as they are worked at the console: by what is written on it, in Spanish. */
export interface CasesOnScreen {
  /** Rows of the list. */
  rows: Locator;
  row(text: string): Locator;
  /** How many there are, as the page says. */
  count(text: string): Promise<void>;
  /** The case beside the list. */
  panel: Locator;
  /** The story of the case on screen. */
  story: Locator;
  layout(name: 'Lista' | 'Tablero' | 'Mapa'): Promise<void>;
  column(name: string): Locator;
  /** Chooses from a filter. */
  filter(name: string, choice: string): Promise<void>;
  /** Chooses from a field that is typed into. */
  choose(within: Locator, label: string, typed: string, choice: string): Promise<void>;
}

export function casesOnScreen(page: Page): CasesOnScreen {
  const list = page.getByRole('region', { name: 'Lista de casos' });
  const rows = list.getByRole('listitem');
  return {
    rows,
    row: (text) => rows.filter({ hasText: text }).getByRole('link'),
    count: (text) => list.getByRole('status').getByText(text, { exact: true }).waitFor(),
    panel: page.getByRole('complementary', { name: 'Caso' }),
    story: page.getByRole('region', { name: 'Historia' }),
    layout: (name) => page.getByRole('group', { name: 'Cómo verlos' }).getByRole('button', { name }).click(),
    column: (name) => page.getByRole('region', { name, exact: true }),
    async filter(name, choice) {
      await page
        .getByRole('search', { name: 'Filtrar casos' })
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click();
      await page.getByRole('option', { name: choice, exact: true }).click();
    },
    async choose(within, label, typed, choice) {
      await within.getByLabel(label).fill(typed);
      await page.getByRole('option', { name: choice }).first().click();
    },
  };
}
