// gaze compare: what a reader does, and whether the script draws what C draws.
'use strict';

const assert = require('node:assert');
const axe = require('axe-core');
const { write, test, run, writeRecord, TINY } = require('./support.js');

const TEXT = 'The cats sat on the mat.';
const MIDDLE = 'the cat sat on the mat because it was tired and the mat sat on the cat it was tired'; // 22 tokens: small cells, strong numbers alone
const LONG = 'the cat sat on the mat because it was tired and the cat sat on the mat because it was tired and the cat sat';
const SIDES = ['--a', 'layer=0,head=1', '--b', 'layer=1,head=2'];
const base = (...words) => ['--model', TINY, ...SIDES, ...words, TEXT];
const readout = page => page.textContent('#gaze-readout');
const sheet = (page, k) => page.locator('.gaze-sheet').nth(k);
const frames = page => page.evaluate(() => [...document.getElementById('gaze-pins').children].map(e => e.getAttribute('x') + ' ' + e.getAttribute('y')));

// Every element of the figure with its attributes and text, and all that is said; without the hover texts of a figure
// that has no script, and without what the script draws over it. Runs in the page.
function snapshot() {
  const figure = document.getElementById('gaze-figure'), bare = text => text.replace(/[\u2068\u2069]/g, '');
  const attributes = element => [...element.attributes].filter(a => a.name !== 'xlink:href').map(a => a.name + '=' + a.value).sort().join(' ');
  const elements = [figure, ...figure.querySelectorAll('*')]
    .filter(e => !e.closest('defs') && !['style', 'title'].includes(e.tagName) && !e.matches('.gaze-sheet'));
  const text = e => [...e.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('');
  return [...elements.map(e => `${e.tagName} ${attributes(e)} ${bare(text(e)).trim()}`),
    ...['gaze-heading', 'gaze-readout', 'gaze-caption'].map(id => bare(document.getElementById(id).textContent))];
}

// One page goes from state to state by its address; each is compared with a page that C wrote for it.
async function compare(open, texts, options, states) {
  const address = write('compare', '--model', TINY, ...SIDES, ...options, ...texts);
  for (const [a, b] of states) {
    const side = ([layer, head]) => `layer=${layer},head=${head}`;
    const drawn = await open(write('compare', '--model', TINY, '--a', side(a), '--b', side(b), ...options, ...texts), { javaScriptEnabled: false });
    const page = await open(address + '#' + new URLSearchParams({ 'a-layer': a[0], 'a-head': a[1], 'b-layer': b[0], 'b-head': b[1] }));
    assert.deepStrictEqual(await page.evaluate(snapshot), await drawn.evaluate(snapshot), [a, b, options].join(' '));
    await drawn.context().close();
    await page.context().close();
  }
}

const STATES = [[[0, 3], [1, 0]], [[1, 'mean'], [1, 2]], [[0, 'max'], [0, 'mean']], [[1, 1], [1, 1]]];

test('each state is drawn as C draws it', open => compare(open, [TEXT], [], STATES));
test('hidden tokens and rows to 1 too, and dimmed ones in Chinese', async open => {
  await compare(open, [TEXT, 'Why?'], ['--special', 'hide', '--renormalise'], STATES);
  await compare(open, [TEXT], ['--special', 'dim', '--lang', 'zh', '--theme', 'dark'], STATES.slice(0, 2));
});
const notches = page => page.evaluate(() => document.querySelector('.gaze-heat + .gaze-paper').getAttribute('d').split('z').length - 1);

test('what is beyond the limit has a notch, and the caption and the colour bar say so, in cells and in a picture', async open => {
  await compare(open, [MIDDLE], [], STATES.slice(0, 3));
  for (const text of [MIDDLE, LONG + ' and the cat sat']) {
    const page = await open(write('compare', '--model', TINY, ...SIDES, text));
    assert.match(await page.textContent('#gaze-caption'), new RegExp(`: ${await notches(page)} of \\d+ cells lie beyond, have the last colour and a notch \\(from`));
    assert.match(await page.textContent('#gaze-limits'), /≥ \+0\.\d+.*≤ -0\.\d+|≤ -0\.\d+.*≥ \+0\.\d+/s);
  }
});

test('two texts of 22 tokens: only strong numbers are written', async open => {
  const address = write('compare', '--model', TINY, '--a', 'layer=0,head=1,text=' + MIDDLE, '--b', 'layer=0,head=1,text=' + MIDDLE.replaceAll('cat', 'dog'));
  const page = await open(address), scriptless = await open(address, { javaScriptEnabled: false });
  const count = name => page.evaluate(selector => document.querySelectorAll(selector).length, name);
  const [all, written] = [await count('.gaze-heat rect'), await count('.gaze-numbers text')];
  assert.ok(written > 0 && written < all / 2);
  assert.deepStrictEqual(await page.evaluate(snapshot), await scriptless.evaluate(snapshot));
});

test('the largest difference is called so, and no other', async open => {
  const page = await open(write('compare', ...base()));
  assert.match(await readout(page), /^Largest difference: from '/);
  await sheet(page, 0).click({ position: { x: 2, y: 2 } });
  await page.mouse.move(2, 2);
  assert.match(await readout(page), /^from '\[CLS\]' to '\[CLS\]': /);
});
test('a long text, as a picture; other scales; a title', async open => {
  await compare(open, [LONG, LONG], ['--title', 'A title', '--precision', '16'], STATES.slice(0, 2));
  await compare(open, [TEXT], ['--scale', 'xn', '--unit', 'word'], STATES.slice(0, 2));
});

test('the picture of a side that stays is not made again', async open => {
  const page = await open(write('compare', '--model', TINY, ...SIDES, LONG, LONG));
  const changed = await page.evaluate(() => {
    const select = document.getElementById('b-head'), watches = [...document.querySelectorAll('.gaze-heat')].slice(0, 3).map(heat => {
      const watch = new MutationObserver(() => {});
      watch.observe(heat, { attributes: true, subtree: true });
      return watch;
    });
    select.value = 'max';
    select.dispatchEvent(new Event('change'));
    return watches.map(watch => watch.takeRecords().length > 0);
  });
  assert.deepStrictEqual(changed, [false, true, true]);
});

test('layer and head of either side are switched; the other stays', async open => {
  const page = await open(write('compare', ...base()));
  const before = await page.textContent('#gaze-side-a');
  await page.selectOption('#b-layer', '0');
  await page.selectOption('#b-head', 'max');
  assert.equal(await page.textContent('#gaze-side-b'), 'B: layer 0, maximum over heads');
  assert.equal(await page.textContent('#gaze-side-a'), before);
  for (const key of [']', '.', '{', '<']) await page.keyboard.press(key === '{' ? 'Shift+{' : key === '<' ? 'Shift+<' : key);
  assert.match(await page.textContent('#gaze-heading'), /^Layer 1, head 2 against layer 0, mean over heads/);
});

test('a cell is read under the mouse, framed by a click, and moved by keys, in all three matrices', async open => {
  const page = await open(write('compare', ...base())), first = await frames(page);
  const { width } = await sheet(page, 0).boundingBox(), cell = width / 9; // [CLS] The cat s sat on the mat . [SEP]: see below
  await sheet(page, 0).hover({ position: { x: cell / 2, y: cell * 2 } });
  assert.match(await readout(page), /^from '.+' to '\[CLS\]': \d?\.\d{3} in A, \d?\.\d{3} in B, difference [+-]\d?\.\d{3}$/);
  await sheet(page, 2).click({ position: { x: 2, y: 2 } });
  assert.match(await readout(page), /^from '\[CLS\]' to '\[CLS\]': /);
  const corner = await frames(page);
  assert.notDeepStrictEqual(corner, first);
  assert.equal(new Set(corner.map(text => text.split(' ')[1])).size, 1, 'the frames stand in one row');
  await sheet(page, 0).focus();
  for (const key of ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await page.mouse.move(2, 2);
  assert.match(await readout(page), /^from 'cat' to 'the' \(1\): /i);
});

test('touch reads a cell', async open => {
  const page = await open(write('compare', ...base()), { hasTouch: true });
  await sheet(page, 1).tap({ position: { x: 2, y: 2 } });
  assert.match(await readout(page), /^from '\[CLS\]' to '\[CLS\]': /);
});

test('the matrices scroll as one in a narrow window', async open => {
  const page = await open(write('compare', ...base()), { viewport: { width: 500, height: 700 } });
  const left = k => sheet(page, k).evaluate(element => element.getBoundingClientRect().left);
  const before = [await left(0), await left(2)], [side] = [await sheet(page, 0).boundingBox()];
  assert.ok(side.width >= 0.85 * 9 * 20, 'nothing is shrunk until it cannot be read');
  await page.evaluate(() => { document.querySelector('.scroll').scrollLeft = 100; });
  const after = [await left(0), await left(2)];
  assert.ok(before[0] - after[0] > 50);
  assert.ok(Math.abs(before[0] - after[0] - (before[1] - after[1])) < 1);
});

test('a page for a narrow window has its matrices in one column, and draws each state as C does', async open => {
  const page = await open(write('compare', ...base('--width', '342')), { viewport: { width: 390, height: 700 } });
  const boxes = await Promise.all([0, 1, 2].map(k => sheet(page, k).boundingBox()));
  assert.ok(boxes.every(box => box.x === boxes[0].x && box.x + box.width < 390) && boxes[0].y < boxes[1].y && boxes[1].y < boxes[2].y);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  await compare(open, [TEXT], ['--width', '342'], STATES.slice(0, 2));
});

test('two texts have no difference, and a cell is read on each side by itself', async open => {
  const page = await open(write('compare', '--model', TINY, '--a', 'text=The cat sat.', '--b', 'text=Why did the cat sit?'));
  assert.equal(await page.locator('.gaze-sheet').count(), 2);
  assert.match(await page.textContent('#gaze-heading'), /: two texts$/);
  const scriptless = await open(page.url().split('#')[0], { javaScriptEnabled: false }), said = p => p.textContent('#gaze-caption');
  assert.equal(await said(page), await said(scriptless));
  assert.match(await said(page), /Strongest in A: from '.+' to '.+': \d?\.\d{3}, B: from /);
  assert.match(await readout(page), /^Strongest in A: from '.+' to '.+': \d?\.\d{3}, B: from /);
  const [a] = await frames(page);
  await sheet(page, 1).click({ position: { x: 2, y: 2 } });
  assert.match(await readout(page), /^A: from '.+' to '.+': \d?\.\d{3}, B: from '\[CLS\]' to '\[CLS\]': \d?\.\d{3}$/);
  assert.equal((await frames(page))[0], a);
});

test('the address keeps and restores the state; strangers are ignored', async open => {
  const address = write('compare', ...base()), page = await open(address);
  await page.selectOption('#a-head', 'mean');
  await sheet(page, 0).click({ position: { x: 2, y: 2 } });
  await page.mouse.move(2, 2);
  const again = await open(page.url());
  assert.deepStrictEqual(await again.evaluate(snapshot), await page.evaluate(snapshot));
  const odd = await open(address + '#a-layer=__proto__&b-head=constructor&cell=99999,-1'), untouched = await open(address);
  assert.deepStrictEqual(await odd.evaluate(snapshot), await untouched.evaluate(snapshot));
});

test('every id is that of one element, so that each colour bar has its colours', async open => {
  const page = await open(write('compare', ...base()));
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(element => element.id));
  assert.deepStrictEqual([...new Set(ids)], ids);
});

test('scripts off: the figure is there, the controls are not', async open => {
  const page = await open(write('compare', ...base()), { javaScriptEnabled: false });
  assert.ok(await page.isVisible('#gaze-figure'));
  assert.equal(await page.isVisible('#a-layer'), false);
});

const HOSTILE = ['[CLS]', '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202Eevil', '{}', '<script>alert(2)</script>',
  ']]><!--', "' onclick='alert(3)", '\u2028\u2029', 'a\u0000\u0001\u001Bb', '\uD800', '\u2066\u2069\u2069', '[SEP]'];

test('hostile tokens execute nothing and stay in their place', async open => {
  const record = writeRecord('hostile-compare', HOSTILE, 2, 3, { model: '</title><script>alert(4)</script>', texts: ['</script>"<b>'] });
  const address = write('compare', '--record', record, ...SIDES);
  const titled = write('compare', '--record', record, ...SIDES, '--title', '</h1><script>alert(5)</script>', '--special', 'dim');
  for (const page of [await open(address), await open(titled + '#a-layer=</script>&cell=16,16')]) {
    const { width } = await sheet(page, 2).boundingBox(), cell = width / HOSTILE.length;
    for (let i = 0; i < HOSTILE.length; i++) await sheet(page, 2).click({ position: { x: cell * (i + 0.5), y: cell * (i + 0.5) } });
    assert.deepStrictEqual(await page.evaluate(() => ['script', 'img', 'b'].map(name => document.querySelectorAll(name).length)), [2, 0, 0]);
    assert.equal(await page.evaluate(() => document.querySelectorAll('[onclick], [onerror]').length), 0);
    assert.equal(await page.locator('.gaze-sheet').count(), 3);
  }
});

test('at most 5,000 elements; axe finds nothing serious; the script is at most 25,000 bytes', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 24 }, (_, i) => 'w' + i), '[SEP]'];
  const page = await open(write('compare', '--record', writeRecord('wide-compare', tokens, 2, 3), ...SIDES));
  assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) <= 5000);
  assert.ok(await page.evaluate(() => document.querySelectorAll('script')[1].textContent.length) <= 25000);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter(v => ['serious', 'critical'].includes(v.impact));
  assert.deepStrictEqual(serious.map(v => v.id + ': ' + v.nodes[0].html), []);
});

run('compare');
