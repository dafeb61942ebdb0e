import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ReviewItem } from '../../src/ui/review/review-item.ts';
import type { TestBrowser } from './launch-chromium.ts';
import { launchChromium } from './launch-chromium.ts';
import type { Call } from './review-page.ts';
import type { FileServer } from './serve-files.ts';
import { servePage } from './serve-page.ts';

const FAILED = {
  state: 'failed',
  error: { message: "Can't reach Ollama.", advice: 'Start Ollama and retry.' },
} as const;
const WAITING = { state: 'waiting' } as const;
const LONG = 'A slide that shows how an image becomes tokens, step by step, and how many of them. '.repeat(3);

let browser: TestBrowser;
let server: FileServer;

before(async () => {
  server = await servePage({
    title: 'Review',
    script: './review-page.ts',
    styles: ['common', 'review', 'overlay'],
    body: '<style>body { margin: 0 } #dialog { height: 100vh }</style><div id="dialog"></div>',
  });
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  server.close();
});

function item(id: string, more: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id,
    note: `Lectures/Note ${id}.md`,
    file: `attachments/${id}.png`,
    thumbnail: `/images/${id}.png`,
    oldAlt: '',
    outcome: { state: 'ready', alt: `Words for ${id}` },
    ...more,
  };
}

async function open(context: TestContext, items: readonly ReviewItem[], width = 900): Promise<Page> {
  const page = await browser.context.newPage();
  context.after(() => page.close());
  await page.setViewportSize({ width, height: 600 });
  await page.clock.install();
  await page.goto(`${server.origin}/`);
  await page.evaluate((shown) => {
    const dialog = document.getElementById('dialog');
    if (dialog) openReview(dialog, shown);
  }, items);
  return page;
}

const calls = (page: Page): Promise<readonly Call[]> => page.evaluate(() => review.calls);
const counts = (page: Page) => page.evaluate(() => review.list.counts);
const row = (page: Page, id: string) => page.getByRole('listitem').filter({ hasText: `${id}.png` });
const box = (page: Page, id: string) => page.getByRole('textbox', { name: `New alt text for ${id}.png` });
const button = (page: Page, label: string, id: string) =>
  page.getByRole('button', { name: `${label} ${id}.png`, exact: true });

/** The focused element, by its accessible name in the page or by its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const active = document.activeElement;
    const by = active?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const text = by.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return text || (active?.ariaLabel ?? active?.textContent ?? '');
  });
}

test('shows the file, the note, the old alt text and the new one in a row', async (context) => {
  const page = await open(context, [item('a', { oldAlt: 'IMG_2041' }), item('b')]);
  assert.equal(await page.getByRole('list', { name: 'Images and their new alt text' }).count(), 1);
  assert.equal(await page.getByRole('listitem').count(), 2);
  assert.equal(await box(page, 'a').inputValue(), 'Words for a');
  assert.equal(await row(page, 'a').getByText('Now: IMG_2041').isVisible(), true);
  assert.equal(await row(page, 'b').getByText('No alt text').isVisible(), true);
  await row(page, 'b').getByRole('button', { name: 'In Lectures/Note b.md' }).click();
  assert.deepEqual(await calls(page), [{ call: 'openNote', id: 'b' }]);
});

test('shows when the image of a row is incomplete', async (context) => {
  const cut = { state: 'ready', alt: 'Half a cat', incomplete: true } as const;
  const page = await open(context, [item('a'), item('b', { outcome: cut })]);
  const note = (id: string) => row(page, id).getByText('The image file is incomplete.');
  assert.equal(await note('a').isVisible(), false);
  assert.equal(await note('b').isVisible(), true);
  assert.equal(await page.getByRole('listitem', { name: 'b.png The image file is incomplete.' }).count(), 1);
});

test('names the image in the label of every control', async (context) => {
  const page = await open(context, [item('a'), item('b', { outcome: FAILED })]);
  for (const label of ['Accept', 'Skip', 'Regenerate', 'Enlarge']) {
    assert.equal(await button(page, label, 'a').isVisible(), true, label);
  }
  assert.equal(await page.getByRole('listitem', { name: 'a.png', exact: true }).count(), 1);
  assert.equal(await page.getByRole('listitem', { name: "b.png Can't reach Ollama." }).count(), 1);
  assert.equal(await page.getByRole('button', { name: /^$/ }).count(), 0);
});

test('has no text and no accept button while a row is waiting', async (context) => {
  const page = await open(context, [item('a', { outcome: WAITING })]);
  assert.equal(await row(page, 'a').getByText('Waiting for the model…').isVisible(), true);
  assert.equal(await page.getByRole('textbox').count(), 0);
  assert.equal(await button(page, 'Accept', 'a').count(), 0);
  assert.equal(await button(page, 'Regenerate', 'a').count(), 0);
  assert.equal(await button(page, 'Skip', 'a').count(), 1);
});

test('shows the error and what to do in a failed row', async (context) => {
  const page = await open(context, [item('a', { outcome: FAILED })]);
  assert.equal(await row(page, 'a').getByText(FAILED.error.message).isVisible(), true);
  assert.equal(await row(page, 'a').getByText(FAILED.error.advice).isVisible(), true);
  await button(page, 'Retry', 'a').click();
  assert.deepEqual(await calls(page), [{ call: 'askAgain', ids: ['a'] }]);
  assert.deepEqual(await counts(page), { ready: 0, waiting: 1, failed: 0, done: 0 });
});

test('shows a warning and excludes its row from "accept all"', async (context) => {
  const warning = 'Not in the selected language';
  const page = await open(context, [
    item('a', { outcome: { state: 'ready', alt: 'Ein Drachen', warning } }),
    item('b'),
  ]);
  assert.equal(await row(page, 'a').getByText(warning).isVisible(), true);
  assert.equal(await row(page, 'b').getByText(warning).count(), 0);
  assert.equal(await page.getByRole('listitem', { name: `a.png ${warning}` }).count(), 1);
  await page.getByRole('button', { name: 'Accept all' }).click();
  assert.deepEqual(await calls(page), [{ call: 'accept', items: [{ id: 'b', alt: 'Words for b' }] }]);
  await button(page, 'Accept', 'a').click();
  assert.deepEqual((await calls(page)).at(-1), { call: 'accept', items: [{ id: 'a', alt: 'Ein Drachen' }] });
});

test('shows markup in names and alt text without running it', async (context) => {
  const evil = '<img src=x onerror="document.title=1">';
  const page = await open(context, [
    item('a', { oldAlt: evil, note: evil, outcome: { state: 'ready', alt: evil } }),
  ]);
  assert.equal(await row(page, 'a').getByText(`Now: ${evil}`).count(), 1);
  assert.equal(await page.locator('img').count(), 1);
});

test('loads no thumbnails far below the visible rows', async (context) => {
  const ids = Array.from({ length: 500 }, (_, index) => `lazy-${index}`);
  const page = await open(
    context,
    ids.map((id) => item(id)),
  );
  const image = page.locator('img').first();
  await image.evaluate((img: HTMLImageElement) => img.decode());
  assert.equal(await image.getAttribute('loading'), 'lazy');
  assert.equal(await image.getAttribute('decoding'), 'async');
  assert.equal(await image.getAttribute('alt'), '');
  assert.equal(server.asked.includes('/images/lazy-0.png'), true);
  assert.equal(server.asked.includes('/images/lazy-499.png'), false);
});

test('enlarges an image with its text beside it; accepting shows the next one', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c')]);
  await button(page, 'Enlarge', 'b').click();
  const dialog = page.getByRole('dialog', { name: 'b.png' });
  const text = dialog.getByRole('textbox', { name: 'New alt text for b.png' });
  assert.equal(await text.evaluate((each) => each === document.activeElement), true);
  const picture = (await dialog.locator('img').boundingBox()) ?? assert.fail();
  assert.ok(picture.width > 400, `${picture.width} pixels wide`);
  await text.fill('Mine');
  await page.keyboard.press('Enter');
  const next = page.getByRole('dialog', { name: 'c.png' });
  await next.getByRole('textbox', { name: 'New alt text for c.png' }).fill('Also mine');
  await next.getByRole('button', { name: 'Previous image' }).click();
  await page.getByRole('dialog', { name: 'a.png' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await focused(page), 'New alt text for a.png');
  assert.equal(await row(page, 'c').getByRole('textbox').inputValue(), 'Also mine', 'nothing typed is lost');
  const { calls, edits } = await page.evaluate(() => review);
  assert.deepEqual(calls, [{ call: 'accept', items: [{ id: 'b', alt: 'Mine' }] }]);
  assert.deepEqual(edits.at(-1), ['c', 'Also mine']);
});

test('closes the enlarged image after the last decision', async (context) => {
  const page = await open(context, [item('a')]);
  await button(page, 'Enlarge', 'a').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Skip a.png' }).click();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByText('All images reviewed.').waitFor();
});

test('shows how far describing is, and can stop it', async (context) => {
  const page = await open(context, [item('a', { outcome: WAITING })]);
  const bar = page.getByRole('progressbar', { name: 'Progress' });
  assert.equal(await bar.count(), 0);
  await page.evaluate(() => {
    review.list.showProgress({ done: 3, total: 12, timeLeft: 9000, isPaused: false });
  });
  assert.equal(await bar.evaluate((each: HTMLProgressElement) => each.position), 0.25);
  await page.getByText('3 of 12, 9000 ms left').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.evaluate(() => {
    review.list.showProgress(null);
    review.list.remove('a');
  });
  assert.equal(await bar.count(), 0);
  assert.equal(await page.getByRole('listitem').count(), 0);
  assert.deepEqual(await page.evaluate(() => review.calls), [{ call: 'stop' }]);
});

test('pauses and resumes describing with one button', async (context) => {
  const page = await open(context, [item('a', { outcome: WAITING })]);
  const show = (isPaused: boolean) =>
    page.evaluate((paused) => {
      review.list.showProgress({ done: 0, total: 1, timeLeft: null, isPaused: paused });
    }, isPaused);
  await show(false);
  await page.getByRole('button', { name: 'Pause' }).click();
  await show(true);
  assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0);
  await page.getByRole('button', { name: 'Resume' }).click();
  assert.deepEqual(await page.evaluate(() => review.calls), [{ call: 'pause' }, { call: 'resume' }]);
});

test('leaves an image out of later reviews from the menu of its row', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await page.getByRole('button', { name: 'More actions for a.png' }).click();
  await page.getByRole('menuitem', { name: 'Decorative' }).click();
  assert.equal(await page.getByRole('listitem').count(), 1);
  assert.equal(await page.locator('.notesight-counts').textContent(), '1 ready, 0 waiting, 0 failed, 1 done');
  await page.getByRole('button', { name: 'More actions for b.png' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('All images reviewed.').waitFor();
  assert.deepEqual(await page.evaluate(() => review.calls), [
    { call: 'skipAlways', id: 'a', reason: 'decorative' },
    { call: 'skipAlways', id: 'b', reason: 'never' },
  ]);
});

test('counts ready, waiting, failed and done rows in the header', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b'),
    item('c', { outcome: WAITING }),
    item('d', { outcome: FAILED }),
  ]);
  await button(page, 'Skip', 'a').click();
  assert.equal(await page.locator('.notesight-counts').textContent(), '1 ready, 1 waiting, 1 failed, 1 done');
  assert.deepEqual(await counts(page), { ready: 1, waiting: 1, failed: 1, done: 1 });
});

test('accepts all ready rows with their edits, except empty texts', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b'),
    item('c', { outcome: WAITING }),
    item('d', { outcome: FAILED }),
    item('e'),
  ]);
  await box(page, 'b').fill('  My own words ');
  await box(page, 'e').fill(' ');
  await page.getByRole('button', { name: 'Accept all' }).click();
  assert.deepEqual(await calls(page), [
    {
      call: 'accept',
      items: [
        { id: 'a', alt: 'Words for a' },
        { id: 'b', alt: 'My own words' },
      ],
    },
  ]);
  assert.equal(await page.getByRole('listitem').count(), 3);
  assert.equal(await focused(page), 'Accept all');
});

test('empties the list and reports completion when all are skipped', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b', { outcome: WAITING }),
    item('c', { outcome: FAILED }),
  ]);
  const allDone = page.getByText('All images reviewed.');
  assert.equal(await allDone.isVisible(), false);
  await page.getByRole('button', { name: 'Skip all' }).click();
  assert.deepEqual(await calls(page), [{ call: 'skip', ids: ['a', 'b', 'c'] }]);
  assert.equal(await allDone.isVisible(), true);
  assert.equal(await page.getByRole('button', { name: 'Skip all' }).getAttribute('aria-disabled'), 'true');
});

test('regenerates only failed rows with "retry failed"', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b', { outcome: FAILED }),
    item('c', { outcome: FAILED }),
  ]);
  const ask = page.getByRole('button', { name: 'Retry failed' });
  await ask.click();
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(page), [{ call: 'askAgain', ids: ['b', 'c'] }]);
  assert.equal(await ask.getAttribute('aria-disabled'), 'true');
});

test('excludes waiting rows when regenerating all', async (context) => {
  const page = await open(context, [item('a'), item('b', { outcome: { state: 'waiting' } }), item('c')]);
  const ask = page.getByRole('button', { name: 'Regenerate all' });
  await ask.click();
  assert.deepEqual(await calls(page), [{ call: 'askAgain', ids: ['a', 'c'] }]);
  assert.equal(await ask.getAttribute('aria-disabled'), 'true');
});

test('grows and shrinks the box with its text', async (context) => {
  const page = await open(context, [item('a')]);
  const height = async () => (await box(page, 'a').boundingBox())?.height ?? 0;
  const one = await height();
  await box(page, 'a').fill(LONG);
  const many = await height();
  assert.ok(many > one * 2, `${many} of ${one} pixels`);
  assert.equal(await box(page, 'a').evaluate((input) => input.scrollHeight > input.clientHeight), false);
  await box(page, 'a').fill('');
  assert.equal(await height(), one);
});

test('moves between rows with the arrow keys, after the lines of a long text', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b', { outcome: { state: 'ready', alt: LONG } }),
    item('c'),
  ]);
  await page.evaluate(() => {
    review.list.focus();
  });
  assert.equal(await focused(page), 'New alt text for a.png');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'New alt text for a.png');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'New alt text for b.png');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'New alt text for b.png');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'New alt text for c.png');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'New alt text for b.png');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'New alt text for b.png');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'New alt text for a.png');
});

test('stays in the text when an arrow key extends or ends a selection', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await box(page, 'a').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'New alt text for a.png');
  await page.keyboard.press('Shift+ArrowDown');
  assert.equal(await focused(page), 'New alt text for a.png');
});

test('moves through rows without a box, and between equal buttons, with the arrow keys', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b', { outcome: WAITING }),
    item('c', { outcome: FAILED }),
    item('d'),
  ]);
  await box(page, 'a').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'b.png Waiting for the model…');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), "c.png Can't reach Ollama.");
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'New alt text for d.png');
  await button(page, 'Regenerate', 'd').focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'Retry c.png');
});

test('accepts on Enter and moves to the next row, or the previous one at the end', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c')]);
  await box(page, 'b').focus();
  await page.keyboard.press('End');
  await page.keyboard.type(', by me');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'New alt text for c.png');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'New alt text for a.png');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'All images reviewed.');
  assert.deepEqual(await calls(page), [
    { call: 'accept', items: [{ id: 'b', alt: 'Words for b, by me' }] },
    { call: 'accept', items: [{ id: 'c', alt: 'Words for c' }] },
    { call: 'accept', items: [{ id: 'a', alt: 'Words for a' }] },
  ]);
});

test('accepts only one row when Enter is held down', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await box(page, 'a').focus();
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  assert.equal((await calls(page)).length, 1);
  assert.equal(await focused(page), 'New alt text for b.png');
});

test('ignores Enter in an empty box, a waiting row and a failed row', async (context) => {
  const page = await open(context, [
    item('a'),
    item('b', { outcome: WAITING }),
    item('c', { outcome: FAILED }),
  ]);
  await box(page, 'a').fill('');
  await page.keyboard.press('Enter');
  assert.equal(await button(page, 'Accept', 'a').getAttribute('aria-disabled'), 'true');
  await row(page, 'b').focus();
  await page.keyboard.press('Enter');
  await row(page, 'c').focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(page), []);
});

test('keeps the alt text on one line', async (context) => {
  const page = await open(context, [item('a')]);
  await box(page, 'a').fill('One');
  await page.keyboard.press('Shift+Enter');
  assert.equal(await box(page, 'a').inputValue(), 'One');
  await box(page, 'a').press('Home');
  await page.keyboard.insertText('Two\nthree ');
  assert.equal(await box(page, 'a').inputValue(), 'Two three One');
  await page.keyboard.type('|');
  assert.equal(await box(page, 'a').inputValue(), 'Two three |One');
  assert.deepEqual(await calls(page), []);
});

test('skips the row on Alt+Enter, even while its text is edited', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c')]);
  await box(page, 'a').fill('Half a tex');
  await page.keyboard.press('Alt+Enter');
  assert.equal(await focused(page), 'New alt text for b.png');
  await button(page, 'Accept', 'b').focus();
  await page.keyboard.press('Alt+Enter');
  assert.equal(await focused(page), 'Accept c.png');
  assert.deepEqual(await calls(page), [
    { call: 'skip', ids: ['a'] },
    { call: 'skip', ids: ['b'] },
  ]);
});

test('skips on Delete and Backspace only outside the box', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c')]);
  await box(page, 'a').fill('abcd');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  assert.equal(await box(page, 'a').inputValue(), 'bc');
  assert.deepEqual(await calls(page), []);
  await button(page, 'Regenerate', 'a').focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Backspace');
  assert.deepEqual(await calls(page), [
    { call: 'skip', ids: ['a'] },
    { call: 'skip', ids: ['b'] },
  ]);
  assert.equal(await focused(page), 'Regenerate c.png');
});

test('only types when character keys are pressed', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await box(page, 'a').fill('');
  await page.keyboard.type('rsaRSA яы? ');
  assert.equal(await box(page, 'a').inputValue(), 'rsaRSA яы? ');
  assert.deepEqual(await calls(page), []);
});

test('moves through a row in reading order with Tab', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await page.getByRole('button', { name: 'Retry failed' }).focus();
  const order = [];
  for (let step = 0; step < 9; step++) {
    await page.keyboard.press('Tab');
    order.push(await focused(page));
  }
  assert.deepEqual(order, [
    'Enlarge a.png',
    'In Lectures/Note a.md',
    'New alt text for a.png',
    'Accept a.png',
    'Skip a.png',
    'More actions for a.png',
    'Regenerate a.png',
    'Refine… a.png',
    'Enlarge b.png',
  ]);
});

test('focuses the same button of the next row when a row is removed', async (context) => {
  const page = await open(context, [item('a'), item('b', { outcome: WAITING }), item('c')]);
  await button(page, 'Skip', 'a').click();
  assert.equal(await focused(page), 'Skip b.png');
  await button(page, 'Accept', 'c').click();
  assert.equal(await focused(page), 'b.png Waiting for the model…');
});

test('keeps focus, caret, text and scroll position when other rows are updated', async (context) => {
  const others = Array.from({ length: 60 }, (_, index) => item(`other-${index}`, { outcome: WAITING }));
  const page = await open(context, [...others.slice(0, 30), item('mine'), ...others.slice(30)]);
  await box(page, 'mine').fill('My own words');
  await box(page, 'mine').press('Home');
  await page.keyboard.press('ArrowRight');
  const top = async () => (await box(page, 'mine').boundingBox())?.y ?? 0;
  const before = await top();
  await page.evaluate(
    ([ids, alt]) => {
      for (const id of ids) review.list.update(id, { state: 'ready', alt });
    },
    [others.map(({ id }) => id), LONG] as const,
  );
  await page.keyboard.type('!');
  assert.equal(await box(page, 'mine').inputValue(), 'M!y own words');
  // Less than a line, because the height of rows that were never drawn is only an estimate.
  assert.ok(Math.abs((await top()) - before) < 16, `from ${before} to ${await top()}`);
});

test('updates only the affected row', async (context) => {
  const page = await open(
    context,
    Array.from({ length: 500 }, (_, index) => item(`n${index}`, { outcome: WAITING })),
  );
  const touched = await page.evaluate(() => {
    const rows = new Set<string>();
    const list = document.querySelector('ul');
    if (!list) return [];
    const observer = new MutationObserver(() => undefined);
    observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
    review.list.update('n250', { state: 'ready', alt: 'Words' });
    for (const { target } of observer.takeRecords()) {
      const element = target instanceof Element ? target : target.parentElement;
      rows.add(element?.closest('li')?.querySelector('.notesight-file')?.textContent ?? 'list');
    }
    return [...rows];
  });
  assert.deepEqual(touched, ['n250.png']);
});

test('skips layout of rows outside the view', async (context) => {
  const page = await open(
    context,
    Array.from({ length: 500 }, (_, index) => item(`n${index}`)),
  );
  const seen = await page.evaluate(
    () =>
      [...document.querySelectorAll('.notesight-file')].filter((file) =>
        file.checkVisibility({ contentVisibilityAuto: true }),
      ).length,
  );
  assert.ok(seen > 0 && seen < 50, `${seen} rows`);
});

test('never overwrites typed text on an update', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await box(page, 'a').fill('My own words');
  await page.evaluate(() => {
    review.list.update('a', { state: 'ready', alt: 'Other words' });
    review.list.update('a', { state: 'waiting' });
    review.list.update('b', { state: 'ready', alt: 'Better words' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'My own words');
  assert.equal(await box(page, 'b').inputValue(), 'Better words');
});

test('keeps the focus on a regenerating row until the new answer arrives', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  await box(page, 'a').fill('My own words');
  await button(page, 'Regenerate', 'a').click();
  assert.equal(await focused(page), 'a.png Waiting for the model…');
  await page.evaluate(() => {
    review.list.update('a', { state: 'ready', alt: 'New words' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'New words');
  assert.equal(await focused(page), 'a.png');
  await page.keyboard.press('Enter');
  assert.deepEqual((await calls(page)).at(-1), { call: 'accept', items: [{ id: 'a', alt: 'New words' }] });
});

test('reports typed text to the host and offers to switch back to it', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  assert.equal(await row(page, 'a').getByText('Edited', { exact: true }).isVisible(), false);
  assert.equal(await button(page, 'Use generated text', 'a').isVisible(), false);
  await box(page, 'a').fill('Mine');
  assert.equal(await row(page, 'a').getByText('Edited', { exact: true }).isVisible(), true);
  await button(page, 'Use generated text', 'a').click();
  assert.equal(await box(page, 'a').inputValue(), 'Words for a');
  assert.equal(await row(page, 'a').getByText('Edited', { exact: true }).isVisible(), false);
  await button(page, 'Restore my text', 'a').click();
  assert.equal(await box(page, 'a').inputValue(), 'Mine');
  assert.deepEqual(await page.evaluate(() => review.edits), [
    ['a', 'Mine'],
    ['a', null],
    ['a', 'Mine'],
  ]);
});

test('excludes edited rows when regenerating all, unless the user includes them', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c'), item('d', { outcome: FAILED })]);
  await box(page, 'a').fill('Mine');
  await box(page, 'c').fill('Mine too');
  await page.getByRole('button', { name: 'Regenerate all' }).click();
  const asked = async () => (await calls(page)).filter(({ call }) => call === 'askAgain');
  assert.deepEqual(await asked(), [{ call: 'askAgain', ids: ['b', 'd'] }]);
  assert.equal(await box(page, 'a').inputValue(), 'Mine');
  assert.equal(await box(page, 'c').inputValue(), 'Mine too');
  const line = page.locator('.notesight-kept');
  assert.equal(await line.getByText('Kept the text of 2 edited.').isVisible(), true);
  await button(page, 'Skip', 'c').click();
  assert.equal(await line.getByText('Kept the text of 1 edited.').isVisible(), true);
  await line.getByRole('button', { name: 'Regenerate edited images too' }).click();
  assert.deepEqual((await asked()).at(-1), { call: 'askAgain', ids: ['a'] });
  assert.equal(await line.isVisible(), false);
  assert.deepEqual(await counts(page), { ready: 0, waiting: 3, failed: 0, done: 1 });
});

test('excludes an edited row that failed to be written from "retry failed"', async (context) => {
  const page = await open(context, [
    item('a', { typed: 'Mine', outcome: FAILED }),
    item('b', { outcome: FAILED }),
  ]);
  await page.getByRole('button', { name: 'Retry failed' }).click();
  assert.deepEqual(await calls(page), [{ call: 'askAgain', ids: ['b'] }]);
});

for (const keys of ['Control+z', 'Meta+z']) {
  test(`restores the text replaced by a new answer on ${keys}`, async (context) => {
    const page = await open(context, [item('a')]);
    await box(page, 'a').fill('Mine');
    await button(page, 'Regenerate', 'a').click();
    await page.evaluate(() => {
      review.list.update('a', { state: 'ready', alt: 'New words' });
    });
    assert.equal(await box(page, 'a').inputValue(), 'New words');
    await box(page, 'a').focus();
    await page.keyboard.press(keys);
    assert.equal(await box(page, 'a').inputValue(), 'Mine');
    await page.keyboard.press('Enter');
    assert.deepEqual((await calls(page)).at(-1), { call: 'accept', items: [{ id: 'a', alt: 'Mine' }] });
  });
}

test('can restore the replaced text while the model is running or after it failed', async (context) => {
  const page = await open(context, [item('a'), item('b')]);
  for (const id of ['a', 'b']) {
    await box(page, id).fill(`My ${id}`);
    await button(page, 'Regenerate', id).click();
  }
  await page.evaluate(() => {
    review.list.update('b', { state: 'failed', error: { message: 'No.', advice: 'Retry.' } });
  });
  for (const id of ['a', 'b']) {
    await button(page, 'Restore my text', id).click();
    assert.equal(await box(page, id).inputValue(), `My ${id}`);
  }
  await page.evaluate(() => {
    review.list.update('a', { state: 'ready', alt: 'New words' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'My a');
  await button(page, 'Use generated text', 'a').click();
  assert.equal(await box(page, 'a').inputValue(), 'New words');
});

test('shows text typed earlier instead of the generated text', async (context) => {
  const page = await open(context, [item('a', { typed: 'Mine' })]);
  assert.equal(await box(page, 'a').inputValue(), 'Mine');
  assert.equal(await row(page, 'a').getByText('Edited', { exact: true }).isVisible(), true);
  await button(page, 'Use generated text', 'a').click();
  assert.equal(await box(page, 'a').inputValue(), 'Words for a');
});

test('can accept text typed earlier when the model failed', async (context) => {
  const page = await open(context, [item('a', { typed: 'Mine', outcome: FAILED })]);
  assert.equal(await row(page, 'a').getByText(FAILED.error.message).isVisible(), true);
  assert.equal(await box(page, 'a').inputValue(), 'Mine');
  await button(page, 'Accept', 'a').click();
  assert.deepEqual(await calls(page), [{ call: 'accept', items: [{ id: 'a', alt: 'Mine' }] }]);
});

test('lists an image skipped earlier last, as done, and lets the user review it', async (context) => {
  const page = await open(context, [item('a', { typed: 'Mine', outcome: { state: 'skipped' } }), item('b')]);
  assert.deepEqual(await counts(page), { ready: 1, waiting: 0, failed: 0, done: 1 });
  assert.deepEqual(await page.locator('.notesight-file').allTextContents(), ['b.png', 'a.png']);
  assert.equal(await row(page, 'a').getByText('Skipped before').isVisible(), true);
  assert.equal(await page.getByRole('textbox').count(), 1);
  assert.equal(await button(page, 'Skip', 'a').count(), 0);
  await row(page, 'a').focus();
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.press('Delete');
  await button(page, 'Skip', 'b').click();
  assert.equal(await page.locator('.notesight-all-done').isVisible(), true);
  assert.match(await focused(page), /^All images reviewed/);
  assert.deepEqual(await calls(page), [{ call: 'skip', ids: ['b'] }]);
  await button(page, 'Review', 'a').click();
  assert.deepEqual((await calls(page)).at(-1), { call: 'askAgain', ids: ['a'] });
  assert.equal(await row(page, 'a').getByText('Waiting for the model…').isVisible(), true);
  await page.evaluate(() => {
    review.list.update('a', { state: 'ready', alt: 'Words for a' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'Mine');
});

test('returns an item with its error when it could not be written', async (context) => {
  const page = await open(context, [item('a')]);
  await button(page, 'Accept', 'a').click();
  await page.evaluate(
    (again) => {
      review.list.update('a', again.outcome);
    },
    item('a', { outcome: FAILED }),
  );
  assert.deepEqual(await counts(page), { ready: 0, waiting: 0, failed: 0, done: 1 });
  await page.evaluate(
    (again) => {
      review.list.add(again);
    },
    item('a', { outcome: FAILED }),
  );
  assert.deepEqual(await counts(page), { ready: 0, waiting: 0, failed: 1, done: 0 });
  assert.equal(await row(page, 'a').getByText(FAILED.error.message).isVisible(), true);
  assert.equal(await page.getByText('All images reviewed.').isVisible(), false);
});

test('shows an item only once when it is added twice', async (context) => {
  const page = await open(context, [item('a', { outcome: WAITING }), item('a')]);
  assert.equal(await page.getByRole('listitem').count(), 1);
  assert.equal(await box(page, 'a').inputValue(), 'Words for a');
});

test('announces decisions soon and other changes later', async (context) => {
  const page = await open(context, [item('a'), item('b'), item('c', { outcome: WAITING })]);
  const region = page.getByRole('status');
  assert.equal(await region.getAttribute('aria-live'), 'polite');
  await page.clock.runFor(9_000);
  assert.equal(await region.textContent(), '');
  await page.clock.runFor(2_000);
  assert.equal(await region.textContent(), '2 ready, 1 waiting, 0 failed, 0 done');
  await button(page, 'Accept', 'a').click();
  await button(page, 'Skip', 'b').click();
  await page.clock.runFor(1_000);
  assert.equal(await region.textContent(), '1 accepted. 1 skipped. 0 ready, 1 waiting, 0 failed, 2 done');
  await button(page, 'Skip', 'c').click();
  await page.clock.runFor(1_000);
  assert.equal(await region.textContent(), '1 skipped. All images reviewed.');
});

test('removes and silences the list when it is destroyed', async (context) => {
  const page = await open(context, [item('a')]);
  const region = await page.getByRole('status').elementHandle();
  await page.evaluate(() => {
    review.list.destroy();
  });
  await page.clock.runFor(20_000);
  assert.equal(await page.locator('#dialog > *').count(), 0);
  assert.equal(await region.textContent(), '');
});

test('works in a window opened by another one', async (context) => {
  const page = await open(context, []);
  const [popout] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(
      (items) => {
        const opened = window.open('about:blank', '', 'width=600,height=400');
        if (opened) openReview(opened.document.body, items);
      },
      [item('a'), item('b')],
    ),
  ]);
  context.after(() => popout.close());
  await box(popout, 'a').focus();
  await popout.keyboard.press('ArrowDown');
  await popout.keyboard.press('Enter');
  assert.equal(await focused(popout), 'New alt text for a.png');
  assert.deepEqual(await calls(page), [{ call: 'accept', items: [{ id: 'b', alt: 'Words for b' }] }]);
  // Enter on a button is the button's, also in another window.
  await button(popout, 'Skip', 'a').press('Enter');
  assert.deepEqual((await calls(page)).at(-1), { call: 'skip', ids: ['a'] });
});

for (const width of [360, 900]) {
  test(`fits long names and texts into ${width} pixels`, async (context) => {
    const word = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5);
    const long = {
      note: `Лекции/${word}/Мультимодальные модели.md`,
      file: `attachments/${word}.png`,
      oldAlt: word,
    };
    const page = await open(
      context,
      [
        item('a', { ...long, outcome: { state: 'ready', alt: word } }),
        item('b', { ...long, outcome: { state: 'failed', error: { message: word, advice: word } } }),
        item('c', { ...long, outcome: WAITING }),
      ],
      width,
    );
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('#dialog *')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.className),
    );
    assert.deepEqual(wide, []);
    assert.equal(
      await page.locator('.notesight-rows').evaluate((list) => list.scrollWidth > list.clientWidth),
      false,
    );
  });
}

test('disables animations when reduced motion is requested', async (context) => {
  const page = await open(context, [item('a')]);
  const duration = () =>
    button(page, 'Skip', 'a').evaluate((element) => getComputedStyle(element).transitionDuration);
  assert.notEqual(await duration(), '0s');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await duration(), '0s');
});

test('refines an alt text with feedback, shows the changes, and goes back to the earlier text', async (t) => {
  const page = await open(t, [item('a'), item('b')]);
  await box(page, 'a').fill('A red dodo on grass');
  await button(page, 'Refine…', 'a').click();
  assert.equal(await focused(page), 'Feedback for a.png');
  await page.keyboard.type('shorter');
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(page), [
    { call: 'refine', id: 'a', alt: 'A red dodo on grass', feedback: 'shorter' },
  ]);
  await page.keyboard.press('Enter');
  assert.equal((await calls(page)).length, 1, 'one request at a time');
  await page.evaluate(() => {
    review.list.refined('a', { alt: 'A dodo' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'A dodo');
  assert.equal(await row(page, 'a').locator('del').allInnerTexts().then(String), 'red ,on grass');
  assert.deepEqual(await page.evaluate(() => review.edits.at(-1)), ['a', 'A dodo']);
  await row(page, 'a').getByRole('button', { name: 'Previous' }).click();
  assert.equal(await box(page, 'a').inputValue(), 'A red dodo on grass');
  await row(page, 'a').getByRole('button', { name: 'Next' }).click();
  assert.equal(await box(page, 'a').inputValue(), 'A dodo');
});

test('keeps the feedback and the text when refining fails or Escape closes the line', async (t) => {
  const page = await open(t, [item('a')]);
  await button(page, 'Refine…', 'a').click();
  await page.keyboard.type('in German');
  await page.keyboard.press('Enter');
  await page.evaluate(() => {
    review.list.refined('a', { error: { message: "Can't reach the server.", advice: 'Start it.' } });
  });
  await row(page, 'a').getByText("Can't reach the server. Start it.").waitFor();
  assert.equal(await box(page, 'a').inputValue(), 'Words for a');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Refine… a.png');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('textbox', { name: 'Feedback for a.png' }).inputValue(), 'in German');
  await page.keyboard.press('Enter');
  assert.equal((await calls(page)).length, 2);
});

test('keeps what was typed while the model was refining', async (t) => {
  const page = await open(t, [item('a')]);
  await button(page, 'Refine…', 'a').click();
  await page.keyboard.type('shorter');
  await page.keyboard.press('Enter');
  await box(page, 'a').fill('Typed meanwhile');
  await page.evaluate(() => {
    review.list.refined('a', { alt: 'A dodo' });
  });
  assert.equal(await box(page, 'a').inputValue(), 'A dodo');
  await row(page, 'a').getByRole('button', { name: 'Previous' }).click();
  assert.equal(await box(page, 'a').inputValue(), 'Typed meanwhile');
});
