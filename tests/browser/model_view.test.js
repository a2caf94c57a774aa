// gaze model-view: what a reader does, and whether the script says what C says.
'use strict';

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const zlib = require('node:zlib');
const axe = require('axe-core');
const { write, test, run, writeRecord, TINY } = require('./support.js');

const TEXT = 'The cat sat on the mat.';
const base = ['--model', TINY, TEXT];
const hash = (address, state) => address + '#' + new URLSearchParams(state);
const readout = page => page.textContent('#gaze-readout');
const thumb = (page, index) => page.locator('.gaze-thumb').nth(index);
const pressed = page => page.evaluate(() =>
  [...document.querySelectorAll('.gaze-thumb')].findIndex(element => element.getAttribute('aria-pressed') === 'true'));

// The names of the heads, from left to right and from top to bottom, as they stand on the screen.
const onScreen = page => page.evaluate(() => [...document.querySelectorAll('.gaze-thumb')]
  .filter(element => element.getAttribute('visibility') !== 'hidden')
  .map(element => ({ name: element.querySelector('title').textContent, box: element.querySelector('.gaze-heat').getBoundingClientRect() }))
  .sort((a, b) => Math.round(a.box.top - b.box.top) || a.box.left - b.box.left).map(entry => entry.name));

async function serious(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html);
}

// Thumbnails are drawn some at a time.
const drawn = (page, special) => page.waitForSelector(`#gaze-figure[data-drawn=${special}]`, { state: 'attached' });

test('a click opens a head beside the grid, not over it; Esc closes it', async open => {
  const page = await open(write('model-view', ...base));
  assert.equal(await page.isVisible('#gaze-detail'), false);
  await thumb(page, 2).click();
  assert.equal(await page.textContent('#gaze-detail h2'), await thumb(page, 2).locator('title').textContent());
  assert.equal(await pressed(page), 2);
  assert.match(await readout(page), /^layer 0, head 2: Strongest links: from '/);
  const [grid, detail] = await Promise.all(['.scroll:has(> #gaze-figure)', '#gaze-detail'].map(id => page.locator(id).boundingBox()));
  assert.ok(detail.x >= grid.x + grid.width || detail.y >= grid.y + grid.height, 'the detail covers the grid');
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('#gaze-detail'), false);
  assert.equal(await pressed(page), -1);
});

test('keys go from head to head and open them', async open => {
  const page = await open(write('model-view', ...base));
  await thumb(page, 0).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'Enter']) await page.keyboard.press(key);
  assert.match(await page.textContent('#gaze-detail h2'), /^layer 1, head 1$/);
  await page.keyboard.press('?');
  assert.ok(await page.isVisible('#gaze-help'));
});

test('touch opens a head', async open => {
  const page = await open(write('model-view', ...base), { hasTouch: true });
  await thumb(page, 1).tap();
  assert.equal(await pressed(page), 1);
});

test('sorting lays the heads out as C does', async open => {
  for (const sort of ['layer', 'label', 'entropy', 'previous', 'next', 'self', 'cls', 'sep', 'punctuation']) {
    const page = await open(write('model-view', ...base));
    await page.selectOption('#sort', sort);
    const order = await page.evaluate(by => JSON.parse(document.getElementById('gaze-data').textContent).orders[by], sort);
    const names = await page.evaluate(() => [...document.querySelectorAll('.gaze-thumb')].map(e => e.querySelector('title').textContent));
    const shown = (await onScreen(page)).filter(name => !name.includes('mean'));
    assert.deepStrictEqual(shown, order.map(index => names[index]), sort);
  }
});

test('special tokens are dimmed and hidden in all thumbnails, and the caption says what they take as C does', async open => {
  const page = await open(write('model-view', ...base));
  const hrefs = async state => {
    await drawn(page, state);
    return page.evaluate(() => [...document.querySelectorAll('.gaze-thumb image')].map(image => image.getAttribute('href')));
  };
  const before = await hrefs('show');
  await page.selectOption('#special', 'dim');
  assert.match(await page.getAttribute('.gaze-veil', 'd'), /^M0 0h/); // the row of [CLS]; all thumbnails use it
  assert.deepStrictEqual(await hrefs('dim'), before);
  await page.selectOption('#special', 'hide');
  const hidden = await hrefs('hide');
  assert.equal(await page.getAttribute('.gaze-veil', 'd'), '');
  assert.ok(hidden.every((href, i) => href !== before[i]));
  const said = await page.textContent('#gaze-caption');
  const one = await open(write('head-view', ...base, '--layer', '0', '--head', '0', '--special', 'hide'));
  assert.match(said, /\[CLS\] takes \d/);
  assert.match(await one.textContent('#gaze-caption'), /\[CLS\] takes \d/);
  await page.selectOption('#special', 'show');
  assert.deepStrictEqual(await hrefs('show'), before);
});

test('two tokens give a map of their link, with the numbers that C finds', async open => {
  const page = await open(write('model-view', ...base));
  await page.selectOption('#link-from', '3');
  await page.selectOption('#link-to', '2');
  assert.equal(await page.locator('#gaze-link svg').count(), 2);
  const svg = execFileSync(process.env.GAZE, ['model-view', '--link', '3,2', '--format', 'svg', ...base]).toString();
  const [, layer, head, weight] = /Largest weight: layer (\d+), head (\d+): ([\d.]+)/.exec(svg);
  const said = /Largest weight: layer (\d+), head (\d+): ([\d.]+)/.exec(await page.textContent('#gaze-link'));
  assert.deepStrictEqual([said[1], said[2]], [layer, head]);
  assert.ok(Math.abs(Number(said[3]) - Number(weight)) < 0.005, `${said[3]}, ${weight}`); // the page holds bytes
});

test('the other rows of a link are those that are seen, also where the row itself is hidden', async open => {
  const more = { sequence_ids: [[null, 0, 0, null]] }; // null: a special token
  const address = write('model-view', '--record', writeRecord('one-head', ['[CLS]', 'a', 'b', '[SEP]'], 1, 1, more));
  const numbers = async state => {
    const page = await open(hash(address, state)), said = await page.textContent('#gaze-link');
    return /: (\.\d+), where the other rows give (\.\d+) on average/.exec(said).slice(1).map(Number);
  };
  const [[a], [b], [, mean]] = [await numbers({ from: 1, to: 2 }), await numbers({ from: 2, to: 2 }), await numbers({ from: 0, to: 2, special: 'hide' })];
  assert.ok(Math.abs(mean - (a + b) / 2) < 0.0015, `${mean}: ${a}, ${b}`);
});

test('an opened head names its axes; of many tokens those of the strongest weights are labelled, in 12 pixels', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 98 }, (_, i) => 'w' + i), '[SEP]'];
  const page = await open(hash(write('model-view', '--record', writeRecord('hundred', tokens, 2, 3)), { open: 2 }));
  const texts = await page.evaluate(() => [...document.querySelectorAll('#gaze-detail text')].map(text => {
    const { font, height } = { font: parseFloat(getComputedStyle(text).fontSize), height: text.ownerSVGElement.getBoundingClientRect().height };
    return { said: text.textContent, size: font * height / text.ownerSVGElement.viewBox.baseVal.height, x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')) };
  }));
  for (const name of ['query', 'attends from ↓', 'key, attended to →']) assert.ok(texts.some(text => text.said === name), name);
  assert.ok(texts.every(text => text.size >= 11.9));
  const weights = await page.textContent('#gaze-readout');
  const [, from, to] = /from '([^']+)' to '([^']+)'/.exec(weights);
  const labels = texts.filter(text => /^w|^\[/.test(text.said));
  assert.ok(labels.some(text => text.said === from) && labels.some(text => text.said === to), 'the strongest link has its labels');
  const rows = labels.filter(text => text.x === labels[0].x).map(text => text.y).sort((a, b) => a - b);
  assert.ok(rows.length > 5 && rows.every((y, i) => i === 0 || y - rows[i - 1] >= 12));
  assert.match(await page.textContent('#gaze-detail'), /Labelled: the rows and columns of the strongest weights/);
});

test('the maps of a link name their axes, and their colour bars have ends', async open => {
  const page = await open(hash(write('model-view', ...base), { from: 3, to: 2 }));
  const said = await page.locator('#gaze-link svg').allTextContents();
  for (const text of said) assert.match(text, /head →.*layer ↓/s);
  assert.deepStrictEqual(await page.locator('#gaze-link use').evaluateAll(uses => uses.map(use => use.getAttribute('href'))), ['#gaze-bar', '#gaze-signed-bar']);
  const svg = execFileSync(process.env.GAZE, ['model-view', '--link', '3,2', '--format', 'svg', ...base]).toString();
  const limit = Number(/>\+(0\.\d+)<\/text>/.exec(svg)[1]), ends = await page.locator('#gaze-signed-bar text').allTextContents();
  assert.ok(Math.abs(Number(ends[2]) - limit) < 0.005 && Number(ends[0]) === -Number(ends[2]), ends.join(' '));
});

test('the address keeps and restores the state; strangers are ignored', async open => {
  const address = write('model-view', ...base), page = await open(address);
  await thumb(page, 4).click();
  await page.selectOption('#sort', 'entropy');
  const again = await open(hash(address, Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)))));
  assert.equal(await pressed(again), 4);
  assert.equal(await again.inputValue('#sort'), 'entropy');
  const odd = await open(hash(address, { sort: '__proto__', open: '-1', special: '<b>', from: '999', to: '1e1' }));
  assert.equal(await odd.inputValue('#sort'), 'layer');
  assert.equal(await pressed(odd), -1);
});

test('a layer that the page does not hold says so', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 118 }, (_, i) => 'w' + i), '[SEP]'];
  const page = await open(hash(write('model-view', '--record', writeRecord('many', tokens, 60, 12)), { open: 0 }));
  assert.match(await page.textContent('#gaze-detail'), /not in the page/);
  assert.match(await page.textContent('main'), /Weights left out to keep the page small \(--full keeps them\): layers 0,/);
});

// The levels of a palette picture in a data: address: [rows of indices, colours].
function pixels(address) {
  const file = Buffer.from(address.split(',')[1], 'base64');
  if (file.toString('latin1', 0, 2) === 'BM') {
    const [width, height] = [18, 22].map(at => file.readUInt32LE(at)), line = Math.ceil(width / 4) * 4;
    return Array.from({ length: height }, (_, y) => [...file.subarray(1078 + line * (height - 1 - y)).subarray(0, width)]);
  }
  const line = file.readUInt32BE(16) + 1, bytes = zlib.inflateSync(file.subarray(53 + file.readUInt32BE(33)), { finishFlush: zlib.constants.Z_SYNC_FLUSH });
  for (let i = line; i < bytes.length; i++) if (i % line) bytes[i] += bytes[i - line];
  return Array.from({ length: file.readUInt32BE(20) }, (_, y) => [...bytes.subarray(y * line + 1, (y + 1) * line)]);
}

const WIDE = ['[CLS]', ...Array.from({ length: 30 }, (_, i) => 'w' + i), '[SEP]'];
const wide = () => writeRecord('wide-model', WIDE, 12, 12);

test('the thumbnails that the script draws are those of the .svg', async open => {
  const page = await open(write('model-view', '--record', wide()));
  await drawn(page, 'show');
  const svg = execFileSync(process.env.GAZE, ['model-view', '--record', wide(), '--format', 'svg'], { maxBuffer: 1 << 24 }).toString();
  const ofC = [...svg.matchAll(/<image[^>]*xlink:href="([^"]*)"/g)].map(match => pixels(match[1]));
  const ofScript = (await page.evaluate(() => [...document.querySelectorAll('.gaze-thumb image')].map(image => image.getAttribute('href')))).map(pixels);
  assert.equal(ofScript.length, 156);
  const texts = page.locator('.gaze-thumb').first().locator('text');
  assert.ok(svg.includes(`>${await texts.first().textContent()}</text>`), 'the badge is that of C');
  ofC.forEach((rows, i) => rows.forEach((row, y) => row.forEach((index, x) => {
    const level = ofScript[i][y][x]; // of 256; C's are of 32 colours, and the page holds bytes
    assert.ok(Math.abs(level / 255 * 31 - index) <= 0.5 + 31 / 255, `thumbnail ${i}, ${y}, ${x}: ${level} is not ${index}`);
  })));
});

test('what stands there before the script draws is as light as what it draws', async open => {
  const address = write('model-view', '--record', wide()), scriptless = await open(address, { javaScriptEnabled: false }), page = await open(address);
  await drawn(page, 'show');
  const sprite = pixels(await scriptless.getAttribute('#gaze-sprite', 'xlink:href'));
  const corners = await scriptless.evaluate(() => [...document.querySelectorAll('.gaze-thumb svg')].map(part => part.getAttribute('viewBox').split(' ').map(Number)));
  const fine = (await page.evaluate(() => [...document.querySelectorAll('.gaze-thumb image')].map(image => image.getAttribute('href')))).map(pixels);
  const mean = rows => rows.flat().reduce((sum, level) => sum + level, 0) / rows.flat().length;
  corners.forEach(([x, y, side], i) => {
    const coarse = 255 / 15 * mean(sprite.slice(y, y + side).map(row => row.slice(x, x + side))); // 16 colours, and one for no number
    assert.ok(side === 16 && Math.abs(coarse - mean(fine[i])) < 4, `thumbnail ${i}: ${coarse}, ${mean(fine[i])}`);
  });
  assert.match(await scriptless.textContent('main'), /each dot is the mean of 2 x 2/);
});

test('one head is a tab stop, and the arrows move it; the mouse reads a head out', async open => {
  const page = await open(write('model-view', ...base));
  const stops = () => page.evaluate(() => [...document.querySelectorAll('.gaze-thumb')].map(e => e.tabIndex).flatMap((t, i) => t === 0 ? [i] : []));
  assert.deepStrictEqual(await stops(), [0]);
  await thumb(page, 0).focus();
  await page.keyboard.press('ArrowRight');
  assert.deepStrictEqual(await stops(), [1]);
  await thumb(page, 2).hover();
  assert.match(await readout(page), /^layer 0, head 2: entropy \(nats\) \d/);
});

test('print: light, without controls', async open => {
  const page = await open(write('model-view', ...base), { colorScheme: 'dark' });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.isVisible('#gaze-controls'), false);
  assert.notEqual(await paper(), dark);
  assert.equal(await paper(), 'rgb(255, 255, 255)');
});

test('24 layers of 16 heads, sorted, with a head and a link: at most 5,000 elements at 512 tokens; axe, dark', async open => {
  const page = await open(hash(write('model-view', '--record', writeRecord('large-model', WIDE, 24, 16)),
    { open: 3, from: 1, to: 2, sort: 'entropy', special: 'dim' }), { colorScheme: 'dark' });
  await drawn(page, 'dim');
  const options = 2 * (512 - WIDE.length); // tokens to choose from
  assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) + options <= 5000);
  assert.deepStrictEqual(await serious(page), []);
});

test('scripts off: the grid is there, the controls are not', async open => {
  const page = await open(write('model-view', ...base), { javaScriptEnabled: false });
  const parts = await page.evaluate(() => [...document.querySelectorAll('.gaze-thumb svg')].map(part => part.getAttribute('viewBox')));
  assert.ok(parts.length > 8 && new Set(parts).size === parts.length, 'each shows a part of its own of the one picture');
  assert.ok(await page.locator('.gaze-thumb use').first().isVisible());
  assert.equal(await page.locator('[tabindex]').count(), 0);
  assert.equal(await page.isVisible('#sort'), false);
});

test('hostile tokens stay text', async open => {
  const tokens = ['[CLS]', '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202Eevil', '[SEP]'];
  const page = await open(hash(write('model-view', '--record', writeRecord('hostile-model', tokens, 2, 3)), { open: 1, from: 1, to: 2 }));
  assert.equal(await page.locator('script').count(), 2);
  assert.equal(await page.locator('img').count(), 0);
  assert.match(await page.textContent('#gaze-link h2'), /<\/script>/);
});

test('at most 5,000 elements; axe finds nothing serious', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 14 }, (_, i) => 'w' + i), '[SEP]'];
  const page = await open(hash(write('model-view', '--record', writeRecord('small-model', tokens, 12, 12)), { open: 3, from: 1, to: 2 }));
  assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) <= 5000);
  assert.deepStrictEqual(await serious(page), []);
});

run('model_view');
