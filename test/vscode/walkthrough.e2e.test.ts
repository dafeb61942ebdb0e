import { withNotesight } from './with-notesight.ts';

await withNotesight('The walkthrough', {}, (scenario) => {
  scenario('shows pictures in the colors of the theme, and opens a sample file', async (workbench) => {
    const { page, palette, inHost, theme, waitForText } = workbench;
    await palette('View: Close All Editors');
    await inHost(async (vscode) => {
      await vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        'notesight.notesight#start',
        false,
      );
    });
    for (const [step, alt] of [
      ['Ask questions and find images', 'The side bar with the images of a file'],
      ['Generate alt text', 'The light bulb menu of an image'],
    ] as const) {
      await page.locator('.getting-started-step', { hasText: step }).first().click();
      await page.locator(`.getting-started-media img[alt^="${alt}"]`).waitFor();
    }
    for (const kind of ['dark', 'light'] as const) {
      await theme(kind);
      await page.locator(`.getting-started-media img[srcset*="vscode-fix-${kind}"]`).waitFor();
    }
    await page.getByText('Open a sample file', { exact: true }).first().click();
    await waitForText(/^# Notesight sample\n\n!\[\]\(sailboat\.svg\)\n$/);
    await palette('Notesight: Generate alt text for the image at the cursor');
    await waitForText(/!\[[^\]]+\]\(sailboat\.svg\)/);
  });
});
