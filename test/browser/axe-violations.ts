import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * Finds accessibility problems with axe-core.
 * @param inside CSS selector of the elements to check
 * @param except CSS selector of elements that belong to the host
 * @returns a line for each element that violates a rule
 */
export async function axeViolations(
  page: Page | Frame,
  inside: string,
  except = ':not(*)',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([selector, notOurs]) => {
      const { axe: run } = globalThis as unknown as { axe: typeof axe };
      const elements = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
      if (elements.length === 0) return [`nothing matches ${selector}`];
      const { violations } = await run.run(
        {
          include: elements as HTMLElement[],
          exclude: [...document.querySelectorAll(notOurs)] as HTMLElement[],
        },
        {
          resultTypes: ['violations'],
          // The page around our views is not ours.
          rules: { region: { enabled: false } },
        },
      );
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => {
          const why = any.map(({ message }) => message).join(' ');
          return `${id}: ${target.join(' ')} ${why}`;
        }),
      );
    },
    [inside, except] as const,
  );
}
