import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA, and axe's own good practice on top. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with every finding of axe on the page as it is now, shadow roots included. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // What passed is not described: that takes longer than looking.
    .options({ runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })
    // In the page itself instead of one more beside it: nothing of ours lies in a frame of another origin.
    .setLegacyMode(true)
    .analyze();
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.flat().join(' ')}\n  ${failureSummary}`),
  );
  if (findings.length > 0) throw new Error(`axe found on ${page.url()}:\n${findings.join('\n')}`);
}
