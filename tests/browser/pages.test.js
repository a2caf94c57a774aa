// What holds for the page of every view.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { write, test, run, TINY } = require('./support.js');

const TEXT = 'The cats sat on the mat because it was unhappily tired.';
const VIEWS = {
  'head-view': [], 'model-view': [], 'neuron-view': ['--head', '1'], 'text-view': [], 'compare': ['--a', 'layer=0', '--b', 'layer=1'],
};

// A copy that has a folder to itself; a request would be a fault of the page (support.js).
test('a page needs no other file and no network, whatever is chosen in it', async open => {
  for (const [view, words] of Object.entries(VIEWS)) {
    const alone = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'gaze-page-')), 'page.html');
    fs.copyFileSync(new URL(write(view, '--model', TINY, ...words, TEXT)), alone);
    const page = await open('file://' + alone);
    assert.match(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content'), /^default-src 'none'/);
    for (const select of await page.locator('#gaze-controls select').all()) await select.selectOption({ index: 1 });
    await page.waitForFunction(() => !document.querySelector('#gaze-figure[aria-busy]'));
    assert.ok(await page.locator('#gaze-figure').isVisible());
    assert.strictEqual(await page.evaluate(() => performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length), 0);
    fs.rmSync(path.dirname(alone), { recursive: true });
  }
});

run('pages');
