// gaze text-view: what a reader does, and whether the script draws what C draws.
'use strict';

const assert = require('node:assert');
const axe = require('axe-core');
const { write, test, run, writeRecord, TINY } = require('./support.js');

const TEXT = 'The cats sat on the mat because it was unhappily tired.';
const LONG = Array(10).fill('the cat sat on the mat because it was tired').join(' and '); // more than 96 tokens
const BASE = ['--model', TINY, '--layer', '1', '--head', '2'];
const hash = (address, state) => address + '#' + new URLSearchParams(state);
const readout = page => page.textContent('#gaze-readout');
const mark = (page, i) => page.locator('.gaze-token').nth(i);
const pinned = page => page.evaluate(() => [...document.querySelectorAll('.gaze-token')]
  .flatMap((element, i) => element.getAttribute('aria-pressed') === 'true' ? [i] : []));

// Every visible element of the figure with its attributes and text, and all that is said. Runs in the page.
function snapshot() {
  const figure = document.getElementById('gaze-figure'), bare = text => text.replace(/[\u2068\u2069]/g, '');
  const attributes = element => [...element.attributes].filter(a => a.name !== 'tabindex').map(a => a.name + '=' + a.value).sort().join(' ');
  const elements = [figure, ...figure.querySelectorAll('*')]
    .filter(e => !e.closest('defs') && e.tagName !== 'style' && !e.closest('[display=none]'));
  return [...elements.map(e => `${e.tagName} ${attributes(e)} ${e.children.length ? '' : e.textContent}`),
    ...['gaze-heading', 'gaze-readout', 'gaze-caption'].map(id => bare(document.getElementById(id).textContent))];
}

// The script against C -----------------------------------------------------------------------------------

// One page goes from state to state by its address; each is compared with a page that C wrote for it.
async function compare(open, texts, options, states) {
  const page = await open(write('text-view', ...BASE, '--token', '2', ...options, ...texts));
  for (const { renormalise, ...state } of states) {
    const words = Object.entries(state).flatMap(([name, value]) => ['--' + name, String(value)]);
    if (renormalise) words.push('--renormalise');
    const drawn = await open(write('text-view', ...words, '--model', TINY, ...options, ...texts), { javaScriptEnabled: false });
    await page.evaluate(address => { location.hash = address; }, new URLSearchParams({ ...state, renormalise: renormalise ? '1' : '0' }).toString());
    await page.waitForFunction(({ layer, head, special }) => document.getElementById('layer').value === String(layer) &&
      document.getElementById('head').value === String(head) && document.getElementById('special').value === special, state);
    await page.waitForTimeout(20);
    assert.deepStrictEqual(await page.evaluate(snapshot), await drawn.evaluate(snapshot), words.concat(options).join(' '));
    await drawn.context().close();
  }
}

const STATES = [
  { layer: 0, head: 1, token: '3', direction: 'from', special: 'show' },
  { layer: 1, head: 'mean', token: '2,5,7', direction: 'to', special: 'dim' },
  { layer: 1, head: 'max', token: '4', direction: 'from', special: 'hide' },
  { layer: 0, head: 3, token: '1,2,3,4,5,6', direction: 'to', special: 'hide', renormalise: true },
  { layer: 0, head: 0, token: '0', direction: 'from', special: 'show', renormalise: true },
];

test('each state is drawn as C draws it', open => compare(open, [TEXT], [], STATES));
test('a pair too, of which special tokens go and come back', open => compare(open, [TEXT, 'Why is it so?'], [], STATES));
test('a long text, without numbers under it', open => compare(open, [LONG, 'Why is it so?'], [], STATES));
test('words, in Chinese, dark', open => compare(open, [TEXT], ['--unit', 'word', '--lang', 'zh', '--theme', 'dark'], STATES));
test('other scales, 16 bits', async open => {
  for (const scale of ['linear', 'xn', 'row-max']) await compare(open, [TEXT], ['--scale', scale, '--precision', '16'], STATES.slice(0, 3));
});
test('a scale that ends where the weights do, and one that is asked to stay', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 40 }, (_, i) => 'w' + i), '[SEP]'];
  const record = writeRecord('text-fitted', tokens, 2, 4), states = [{ layer: 0, head: 1, token: '3' }, { layer: 1, head: 'mean', token: '2,5,7' }];
  for (const scale of [[], ['--scale', 'sqrt']]) {
    const p = await open(write('text-view', '--record', record, '--token', '1', ...scale));
    for (const state of states) {
      const own = Object.entries(state).flatMap(([name, value]) => ['--' + name, String(value)]);
      const drawn = await open(write('text-view', '--record', record, ...own, ...scale), { javaScriptEnabled: false });
      await p.evaluate(address => { location.hash = address; }, new URLSearchParams(state).toString());
      await p.waitForTimeout(50);
      assert.deepStrictEqual(await p.evaluate(snapshot), await drawn.evaluate(snapshot), own.concat(scale).join(' '));
      if (state.head === 'mean') assert.equal(/sqrt, to \.\d/.test(await p.textContent('#gaze-bar')), !scale.length);
    }
  }
});
test('a page that begins hidden, with its own title and three of the heads', open =>
  compare(open, [TEXT, 'Why?'], ['--special', 'hide', '--title', 'A title', '--include-heads', '0,2,3'],
    [{ layer: 1, head: 'mean', token: '4', direction: 'from' }].map(state => ({ ...state, special: 'hide' }))));

// What a reader does -------------------------------------------------------------------------------------

const page = (open, ...words) => open(write('text-view', ...BASE, '--token', 'mat', ...words, TEXT));

test('a click chooses a token, Shift adds others, and their mean is named', async open => {
  const p = await page(open);
  await mark(p, 3).hover();
  assert.match(await readout(p), /: 0\.\d{4}$/); // under the mouse: the weight of that token
  await mark(p, 3).click();
  assert.deepStrictEqual(await pinned(p), [3]);
  await mark(p, 5).click({ modifiers: ['Shift'] });
  await p.mouse.move(5, 5);
  assert.deepStrictEqual(await pinned(p), [3, 5]);
  assert.match(await readout(p), /^the mean of '.+', '.+' attends to '.+' \.\d\d, /);
  await mark(p, 3).click({ modifiers: ['Shift'] });
  await mark(p, 5).click({ modifiers: ['Shift'] });
  assert.deepStrictEqual(await pinned(p), [5], 'the last one stays');
});

test('keys go from token to token, choose, and change layer, head and direction', async open => {
  const p = await page(open);
  await mark(p, 6).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Enter']) await p.keyboard.press(key);
  assert.deepStrictEqual(await pinned(p), [7]);
  await p.keyboard.press('Shift+Enter');
  for (const key of ['ArrowRight', 'Shift+Enter', '[', ',', 't']) await p.keyboard.press(key);
  assert.deepStrictEqual(await pinned(p), [7, 8]);
  assert.deepStrictEqual(await p.evaluate(() => ['layer', 'head', 'direction'].map(id => document.getElementById(id).value)), ['0', '1', 'to']);
  await p.keyboard.press('?');
  assert.ok(await p.isVisible('#gaze-help'));
});

test('up and down go to the next line', async open => {
  const p = await open(write('text-view', ...BASE, '--token', '4', LONG));
  const top = i => mark(p, i).evaluate(element => Number(element.getAttribute('y')));
  await mark(p, 4).focus();
  await p.keyboard.press('ArrowDown');
  await p.keyboard.press('Enter');
  const [below] = await pinned(p);
  assert.ok(await top(below) > await top(4));
  await p.keyboard.press('ArrowUp');
  await p.keyboard.press('Enter');
  assert.equal(await top((await pinned(p))[0]), await top(4));
});

test('in a narrow window the lines are shorter, nothing is shrunk, and no colour bar is lost', async open => {
  const p = await open(write('text-view', ...BASE, '--token', '4', LONG), { viewport: { width: 390, height: 800 } });
  const box = await mark(p, 7).boundingBox(), bar = await p.locator('#gaze-bar').boundingBox();
  const right = await p.evaluate(() => Math.max(...[...document.querySelectorAll('.gaze-token')].map(e => e.getBoundingClientRect().right)));
  assert.ok(Math.abs(box.height - 24) < 0.5);
  assert.ok(right <= 390 && bar.x >= 0 && bar.x + bar.width <= 390);
  assert.ok(await p.evaluate(() => document.documentElement.scrollWidth) <= 390);
  await p.setViewportSize({ width: 1300, height: 800 });
  await p.waitForFunction(() => !document.getElementById('gaze-bar').hasAttribute('transform'));
  const drawn = await open(write('text-view', ...BASE, '--token', '4', LONG), { javaScriptEnabled: false });
  assert.deepStrictEqual(await p.evaluate(snapshot), await drawn.evaluate(snapshot));
});

test('touch chooses a token', async open => {
  const p = await open(write('text-view', ...BASE, TEXT), { hasTouch: true });
  await mark(p, 2).tap();
  assert.deepStrictEqual(await pinned(p), [2]);
});

test('the address keeps and restores the state; strangers are ignored', async open => {
  const address = write('text-view', ...BASE, '--token', 'mat', TEXT), p = await open(address);
  await mark(p, 4).click();
  await p.selectOption('#head', 'max');
  await p.selectOption('#special', 'hide');
  const again = await open(p.url());
  await p.mouse.move(5, 5);
  assert.deepStrictEqual(await again.evaluate(snapshot), await p.evaluate(snapshot));
  const odd = await open(hash(address, { layer: '__proto__', head: 'constructor', token: '999,-1,1e1', special: '<b>' }));
  const untouched = await open(address);
  assert.deepStrictEqual(await odd.evaluate(snapshot), await untouched.evaluate(snapshot));
});

test('512 tokens: chosen and switched, at most 5,000 elements', async open => {
  const tokens = ['[CLS]', ...Array.from({ length: 510 }, (_, i) => 'w' + i), '[SEP]'];
  const p = await open(write('text-view', '--record', writeRecord('text-512', tokens, 2, 4), '--token', '3'));
  assert.ok(await p.evaluate(() => document.querySelectorAll('*').length) <= 5000);
  await mark(p, 400).click();
  assert.deepStrictEqual(await pinned(p), [400]);
  await p.selectOption('#head', '2');
  const took = await p.evaluate(() => {
    const begin = performance.now();
    document.querySelectorAll('.gaze-token')[200].dispatchEvent(new MouseEvent('click'));
    return performance.now() - begin;
  });
  console.log(`note: a click takes ${took.toFixed(1)} ms`);
});

test('scripts off: the text is there, the controls are not', async open => {
  const p = await open(write('text-view', ...BASE, TEXT), { javaScriptEnabled: false });
  assert.ok(await mark(p, 0).isVisible());
  assert.equal(await p.isVisible('#layer'), false);
});

test('hostile tokens execute nothing and stay in their place', async open => {
  const tokens = ['[CLS]', '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202Eevil: x', '{}', '<script>alert(2)</script>',
    ']]><!--', "' onclick='alert(3)", '\u2028\u2029', 'a\u0000\u0001\u001Bb', '\uD800', '\u2066\u2069\u2069', '[SEP]'];
  const record = writeRecord('hostile-text', tokens, 2, 3, { model: '</title><script>alert(4)</script>', texts: ['</script>"<b>'] });
  const address = write('text-view', '--record', record, '--title', '</h1><script>alert(5)</script>');
  const p = await open(hash(write('text-view', '--record', record), { token: '1,2,4' }));
  assert.match(await p.textContent('#gaze-heading'), /<\/script>.*\{\}/);
  for (const page of [p, await open(address), await open(hash(address, { special: 'hide', layer: '</script>' }))]) {
    for (let i = 0; i < tokens.length; i++) await mark(page, i).dispatchEvent('click', { shiftKey: true });
    assert.deepStrictEqual(await page.evaluate(() => ['script', 'img', 'b'].map(name => document.querySelectorAll(name).length)), [2, 0, 0]);
    assert.equal(await page.locator('.gaze-token').count(), tokens.length);
    assert.equal(await page.evaluate(() => document.querySelectorAll('[onclick], [onerror]').length), 0);
  }
});

test('axe finds nothing serious; the script is at most 25,000 bytes', async open => {
  const p = await page(open);
  assert.ok(await p.evaluate(() => document.querySelectorAll('script')[1].textContent.length) <= 25000);
  await p.evaluate(axe.source);
  const { violations } = await p.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter(v => ['serious', 'critical'].includes(v.impact));
  assert.deepStrictEqual(serious.map(v => v.id + ': ' + v.nodes[0].html), []);
});

run('text_view');
