// gaze head-view: what a reader does, and whether the script draws what C draws.
'use strict';

const assert = require('node:assert');
const axe = require('axe-core');
const { write, drawSvg, test, run, writeRecord, TINY } = require('./support.js');

const TEXT = 'The cats sat on the mat because it was unhappily tired.', PAIR = ['The cats sat.', 'Was it unhappily tired?'];
const wide = writeRecord('wide', ['[CLS]', 'a', '##b', 'c', 'd', '##e', '##f', 'g', '[SEP]'], 3, 12);

// Everything that is drawn and said, as text. Runs in the page.
function snapshot() {
  const figure = document.getElementById('gaze-figure'), one = name => figure.querySelector('.' + name);
  const attributes = (element, ...names) => names.map(name => element.getAttribute(name)).join(' | ');
  const all = (name, ...names) => [...one(name).children].map(element => attributes(element, ...names));
  const shownText = element => [...element.childNodes].filter(node => node.nodeName !== 'title').map(node => node.textContent).join('');
  const labels = name => [...one(name).querySelectorAll('text:not([display])')].map(text =>
    shownText(text) + ' | ' + attributes(text, 'x', 'y', 'transform', 'fill', 'style') + getComputedStyle(text).fontWeight);
  const placeOf = element => { // within the figure, whatever moved it
    const matrix = figure.getScreenCTM().inverse().multiply(element.getScreenCTM());
    return [Number(element.getAttribute('x')) + matrix.e, Number(element.getAttribute('y')) + matrix.f].map(x => x.toFixed(1)).join();
  };
  const text = id => document.getElementById(id).textContent;
  return {
    size: attributes(figure, 'width', 'height', 'viewBox') + attributes(one('gaze-paper'), 'width', 'height'),
    edges: all('gaze-edges', 'd', 'stroke', 'stroke-dasharray', 'stroke-width', 'stroke-opacity', 'opacity'),
    faint: one('gaze-edges').getAttribute('opacity'),
    clear: all('gaze-clear', 'd', 'stroke', 'stroke-dasharray', 'stroke-width', 'stroke-opacity', 'opacity'),
    rests: one('gaze-rests').firstElementChild.getAttribute('d'),
    strip: all('gaze-strip', 'fill', 'd'),
    stripHeads: [...figure.querySelectorAll('.gaze-strip-heads:not([display]) text')].map(t => t.textContent + attributes(t, 'x', 'y', 'text-anchor') + t.classList.contains('gaze-chosen')),
    scale: [...one('gaze-scale').querySelectorAll('text, path, stop')].map(t => t.textContent + attributes(t, 'd', 'stop-color')),
    scaleShown: one('gaze-scale').getAttribute('display'),
    queries: labels('gaze-queries'),
    keys: labels('gaze-keys'),
    font: one('gaze-keys').parentNode.getAttribute('font-size'),
    headings: [...one('gaze-headings').querySelectorAll('text')].map(t => t.textContent + attributes(t, 'x', 'y', 'text-anchor')),
    marks: [...one('gaze-marks').querySelectorAll('path')].map(p => attributes(p, 'd', 'stroke-width', 'stroke-dasharray')).filter(d => d[0] === 'M'),
    letters: [...one('gaze-marks').querySelectorAll('text')].map(t => t.textContent + attributes(t, 'x', 'y')),
    pins: one('gaze-pin').getAttribute('d'),
    legend: placeOf(one('gaze-legend').querySelector('text')),
    headKeyPlaces: [...one('gaze-heads').querySelectorAll(':scope > g:not([display]) text')].map(placeOf),
    headKey: [...one('gaze-heads').querySelectorAll(':scope > g:not([display]) text')].map(t => t.textContent),
    title: text('gaze-heading'),
    readout: text('gaze-readout'),
    caption: text('gaze-caption'),
  };
}

// A matrix is unpacked when it is first asked for; the figure is busy until then.
const settled = page => page.waitForSelector('#gaze-figure:not([aria-busy])', { state: 'attached' });

// Places in a legend that has moved are relative; what it holds is compared, and its own place apart.
async function assertSame(page, open, ...words) {
  const drawn = await open(write('head-view', ...words), { javaScriptEnabled: false });
  await settled(page);
  assert.deepStrictEqual(await page.evaluate(snapshot), await drawn.evaluate(snapshot), words.join(' '));
}

// The i-th label of a column: Q3, K0.
const label = (column, i) => `.gaze-${column === 'Q' ? 'queries' : 'keys'} text:nth-child(${i + 1})`;

const hash = (address, state) => address + '#' + new URLSearchParams(state);

// The script against C -----------------------------------------------------------------------------------

// Each state is reached by its address from the same first page.
async function compare(open, base, states) {
  const first = write('head-view', ...base);
  for (const [state, ...words] of states) {
    const page = await open(hash(first, state));
    await assertSame(page, open, ...base, ...words);
    assert.deepStrictEqual(page.faults, []);
    await page.context().close();
  }
}

test('layers and heads: every edge, width, colour, word', async open => {
  await compare(open, ['--model', TINY, '--token', 'mat', TEXT], [
    [{}],
    [{ layer: 0, heads: '0', mode: 'each' }, '--layer', '0', '--head', '0'],
    [{ layer: 2, heads: '1,3', mode: 'each' }, '--layer', '2', '--head', '1,3'],
    [{ layer: 1, heads: '0,1,2,3', mode: 'each' }, '--layer', '1', '--head', 'all'],
    [{ layer: 1, mode: 'mean' }, '--layer', '1', '--head', 'mean'],
    [{ layer: 3, mode: 'max' }, '--layer', '3', '--head', 'max'],
  ]);
});

test('the mean over layers, of one head, several, all', async open => {
  await compare(open, ['--model', TINY, '--layer', 'mean', '--head', '0', '--token', 'mat', TEXT], [
    [{}],
    [{ heads: '1,2' }, '--head', '1,2'],
    [{ heads: '0,1,2,3', mode: 'mean', unit: 'word' }, '--head', 'mean', '--unit', 'word'],
    [{ heads: '0,1,2,3', mode: 'max' }, '--head', 'max'],
    [{ layer: '2' }, '--layer', '2'],
  ]);
  await compare(open, ['--model', TINY, '--layer', '2', '--include-layers', '0,2', '--head', '3', TEXT], [
    [{ layer: 'mean', pin: 'q1' }, '--layer', 'mean', '--token', '1'],
  ]);
});

test('without a pin the strongest links, by head where there are several; duplicate words by number', async open => {
  const twice = 'The cats sat, the cats slept, the mat was tired.';
  const page = await opened(open, '--head', '1,3', twice);
  await page.keyboard.press('Escape');
  const links = page => page.evaluate(() => [...document.querySelectorAll('.gaze-edges path')].slice(-3).reverse().map(p => p.getAttribute('stroke')));
  const said = await readout(page), colors = await links(page);
  const link = "head \\d, '[^']+'( \\(\\d\\))? → '[^']+'( \\(\\d\\))? \\.\\d\\d";
  assert.match(said, new RegExp(`^Strongest: ${link}\\. Then, between two different tokens that are not special: ${link}; ${link}; ${link}\\.$`));
  const heads = [...said.matchAll(/head (\d)/g)].map(match => match[1]);
  assert.strictEqual(colors[0], { 1: '#0072b2', 3: '#d55e00' }[heads[0]]);
  assert.deepStrictEqual([...new Set(heads.slice(1))].sort(), ['1', '3']); // each has one
  const weights = [...said.matchAll(/\.(\d\d)[.;]/g)].map(match => match[1]);
  assert.deepStrictEqual(weights.slice(1), weights.slice(1).sort().reverse());
  const tokens = await page.$$eval('.gaze-queries text', texts => texts.map(text => text.lastChild.textContent));
  assert.strictEqual(tokens.filter(token => token === 'the').length, 3);
  for (let nth = 1, i = -1; nth <= 3; nth++) {
    i = tokens.indexOf('the', i + 1);
    await page.hover(label('Q', i));
    assert.match(await readout(page), new RegExp(`^Mean of heads 1, 3: 'the' \\(${nth}\\) attends to `));
  }
});

test('the strip has a heading, and marks the heads that are drawn', async open => {
  const page = await opened(open, '--head', '1,3', '--token', 'mat', TEXT);
  const shown = () => page.$$eval('.gaze-strip-heads:not([display]) text', texts => texts.map(t => t.textContent + (getComputedStyle(t).textDecorationLine === 'underline' ? '!' : '')));
  assert.deepStrictEqual(await shown(), ['weight by head', '0', '1!', '2', '3!']);
  await head(page, 0).click();
  await settled(page);
  await head(page, 3).click();
  await settled(page);
  assert.deepStrictEqual(await shown(), ['weight by head', '0!', '1!', '2', '3']);
  assert.match(await page.textContent('#gaze-caption'), /the heads that are drawn are underlined/);
});

test('scales of the strip: colours and legend are those that C draws', async open => {
  await compare(open, ['--model', TINY, '--layer', '1', '--head', '2', '--token', 'mat', TEXT],
    ['linear', 'xn', 'row-max', 'sqrt'].map(scale => [{ scale }, '--scale', scale]));
  const page = await opened(open, '--token', 'mat', TEXT), colors = () => page.$$eval('.gaze-strip path', paths => paths.map(p => p.getAttribute('fill')).join());
  const before = await colors();
  await page.selectOption('#scale', 'xn');
  await settled(page);
  assert.notStrictEqual(await colors(), before);
  assert.match(await page.textContent('.gaze-scale'), /uniform/);
  assert.match(page.url(), /scale=xn/);
});

test('units, special tokens, layout, renormalised', async open => {
  await compare(open, ['--model', TINY, '--layer', '1', '--head', '2', '--token', 'tired', TEXT], [
    [{ unit: 'word' }, '--unit', 'word'],
    [{ special: 'hide' }, '--special', 'hide'],
    [{ special: 'hide', renormalise: 1 }, '--special', 'hide', '--renormalise'],
    [{ special: 'dim' }, '--special', 'dim'],
    [{ layout: 'horizontal' }, '--layout', 'horizontal'],
    [{ layout: 'horizontal', unit: 'word', heads: '0,3', mode: 'each' }, '--layout', 'horizontal', '--unit', 'word', '--head', '0,3'],
    [{ unit: 'word', special: 'hide', mode: 'mean', heads: '0,1,2,3', layer: 3 }, '--unit', 'word', '--special', 'hide', '--head', 'mean', '--layer', '3'],
    [{ pin: 'k1' }, '--token', '1', '--direction', 'to'],
    [{ pin: 'q1,2,5' }, '--token', '1,2,5'],
    [{ layout: 'horizontal', pin: 'k3' }, '--layout', 'horizontal', '--token', '3', '--direction', 'to'],
    [{ layout: 'narrow', heads: '0,3', mode: 'each' }, '--layout', 'narrow', '--head', '0,3'],
  ]);
});

test('the texts of a pair', async open => {
  await compare(open, ['--model', TINY, '--layer', '0', '--head', '1', '--token', 'sat', ...PAIR], [
    [{}],
    [{ filter: 'ab' }, '--filter', 'ab'],
    [{ filter: 'ab', renormalise: 1 }, '--filter', 'ab', '--renormalise'],
    [{ filter: 'aa', unit: 'word' }, '--filter', 'aa', '--unit', 'word'],
    [{ filter: 'bb', pin: 'q8' }, '--filter', 'bb', '--token', '8'],
    [{ filter: 'ba', special: 'hide', pin: 'q8' }, '--filter', 'ba', '--special', 'hide', '--token', '8'],
  ]);
});

test('twelve heads, sixteen bits, scales, Chinese', async open => {
  await compare(open, ['--record', wide, '--layer', '0', '--head', '3'], [
    [{ heads: '0,1,2,3,4,5,6,7,8,9,10,11' }, '--head', 'mean'],
    [{ heads: '0,1,2,3,4,5,6,7', layer: 2 }, '--head', '0-7', '--layer', '2'],
    [{ heads: '0,1,2,3,4,5', layer: 1 }, '--head', '0-5', '--layer', '1'],
    [{ heads: '1,11', unit: 'word' }, '--head', '1,11', '--unit', 'word'],
  ].map(([state, ...words]) => [{ ...state, pin: 'q4' }, ...words, '--token', '4']));
  for (const more of [['--precision', '16'], ['--scale', 'linear'], ['--scale', 'xn'], ['--scale', 'row-max'], ['--lang', 'zh'], ['--theme', 'dark']])
    await compare(open, ['--record', wide, '--layer', '1', '--head', '2', ...more], [
      [{ heads: '0,5', layer: 2, pin: 'k7' }, '--head', '0,5', '--layer', '2', '--token', '7', '--direction', 'to'],
    ]);
});

test('128 and 512 tokens', async open => {
  for (const n of [128, 200, 512]) {
    const tokens = Array.from({ length: n }, (_, i) => i % 5 === 3 ? `##x${i}` : `w${i}`), record = writeRecord('long' + n, tokens, 2, 7);
    await compare(open, ['--record', record, '--layer', '0', '--head', '0'], [
      [{ layer: 1, heads: '0,1,2,3,4,5', pin: 'q11' }, '--layer', '1', '--head', '0-5', '--token', '11'],
      [{ layer: 1, heads: '2', pin: 'k100' }, '--layer', '1', '--head', '2', '--token', '100', '--direction', 'to'],
    ]);
  }
});

// What a reader does -------------------------------------------------------------------------------------

async function opened(open, ...words) {
  const page = await open(write('head-view', '--model', TINY, '--layer', '1', ...words));
  await settled(page);
  return page;
}
const readout = page => settled(page).then(() => page.textContent('#gaze-readout'));
const title = page => settled(page).then(() => page.textContent('#gaze-heading'));
const head = (page, i) => page.locator('.head').nth(i);
const pressed = page => settled(page).then(() =>
  page.$$eval('.head', buttons => buttons.map(b => b.getAttribute('aria-pressed') === 'true' ? 1 : 0).join('')));
// Of all lines (edges), or of those of pinned tokens (clear); many are one path.
const lines = (page, group) => settled(page).then(() => page.$$eval(`.gaze-${group} path`, paths => paths.flatMap(path => path.getAttribute('d').match(/M[^M]+/g))));
const faint = page => settled(page).then(() => page.getAttribute('.gaze-edges', 'opacity'));

test('the page begins as C drew it, and says what is pinned', async open => {
  const page = await opened(open, TEXT);
  await assertSame(page, open, '--model', TINY, '--layer', '1', TEXT);
  assert.match(await readout(page), /^'.+' attends to '.+' \.\d\d; .*all others \.\d\d\.$/);
});

test('layer switch keeps the elements', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  await page.evaluate(() => { window.label = document.querySelector('.gaze-keys text'); window.path = document.querySelector('.gaze-edges path'); });
  await page.selectOption('#layer', '3');
  assert.strictEqual(await title(page), 'Layer 3, head 1');
  assert.ok(await page.evaluate(() => window.label.isConnected && window.path.isConnected));
  await page.keyboard.press('[');
  assert.strictEqual(await title(page), 'Layer 2, head 1');
});

test('layers are unpacked ahead: a switch draws at once', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  const isAtOnce = await page.waitForFunction(() => {
    const select = document.getElementById('layer'), heading = document.getElementById('gaze-heading');
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    select.dispatchEvent(new Event('input'));
    return heading.textContent.startsWith(`Layer ${select.value},`) && !document.querySelector('#gaze-figure[aria-busy]');
  });
  assert.ok(await isAtOnce.jsonValue());
});

test('heads: toggle, solo, all, none, the last one stays', async open => {
  const page = await opened(open, '--head', 'all', TEXT);
  assert.strictEqual(await pressed(page), '1111');
  await head(page, 0).click();
  assert.strictEqual(await pressed(page), '0111');
  assert.strictEqual(await title(page), 'Layer 1, heads 1 to 3');
  await head(page, 2).dblclick();
  assert.strictEqual(await pressed(page), '0010');
  await head(page, 2).click();
  assert.strictEqual(await pressed(page), '0010');
  await head(page, 2).dblclick();
  assert.strictEqual(await pressed(page), '1111');
  await page.click('#none');
  assert.strictEqual(await pressed(page), '0000');
  assert.strictEqual(await page.locator('.gaze-edges path').count(), 0);
  await page.click('#all');
  assert.strictEqual(await pressed(page), '1111');
});

test('heading and controls agree: of more heads than colours the mean is drawn, and "each" draws the first six', async open => {
  const page = await open(write('head-view', '--record', wide, '--layer', '0', '--head', '0-7')), mode = () => page.inputValue('#mode');
  const agree = async (heading, drawn, heads) => {
    assert.strictEqual(await title(page), heading);
    assert.strictEqual(await mode(), drawn);
    assert.strictEqual((await pressed(page)).replace(/0/g, '').length, heads);
    assert.match(heading, { each: /heads? \d/, mean: /mean over heads/, max: /maximum over heads/ }[drawn]);
  };
  await agree('Layer 0, mean over heads (0, 1, 2, 3, 4, 5, 6, 7)', 'mean', 8);
  await page.selectOption('#mode', 'each');
  await agree('Layer 0, heads 0 to 5', 'each', 6);
  await head(page, 11).click();
  await agree('Layer 0, mean over heads (0, 1, 2, 3, 4, 5, 11)', 'mean', 7);
  await head(page, 0).click();
  await agree('Layer 0, heads 1, 2, 3, 4, 5, 11', 'each', 6);
  await page.selectOption('#mode', 'max');
  await agree('Layer 0, maximum over heads (1, 2, 3, 4, 5, 11)', 'max', 6);
});

test('hover isolates, leaving brings back', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  await page.keyboard.press('Escape');
  const all = await lines(page, 'edges');
  assert.ok(await faint(page) === null && (await lines(page, 'clear')).length === 0);
  await page.hover(label('Q', 3));
  const few = await lines(page, 'clear');
  assert.ok(few.length > 0 && few.length < all.length && few.every(line => all.includes(line)));
  assert.strictEqual(await faint(page), '0.08');
  assert.match(await readout(page), /attends to/);
  await page.hover(label('K', 3));
  assert.match(await readout(page), /is attended to by/);
  await page.mouse.move(5, 5);
  assert.deepStrictEqual(await lines(page, 'edges'), all);
  assert.ok(await faint(page) === null && (await lines(page, 'clear')).length === 0);
});

// What C says of each line, weakest first: "'cat' → 'sat' 0.3712". A third of them is hovered; a stronger one may lie above
// them, and between two dashes there is none.
test('a line under the mouse says its weight', async open => {
  for (const [heads, layout] of [['1', 'vertical'], ['1', 'horizontal'], ['1,3', 'vertical'], ['0,2,3', 'horizontal']]) {
    const words = ['--head', heads, '--layout', layout, TEXT], page = await opened(open, '--precision', '16', ...words);
    await page.keyboard.press('Escape');
    const svg = drawSvg('head-view', '--model', TINY, '--layer', '1', ...words);
    const said = [...svg.slice(svg.lastIndexOf('"gaze-edges')).split('</g>')[0].matchAll(/<title>(.* → .*)<\/title>/g)].map(match => match[1].replace(/&#39;/g, "'"));
    const all = await lines(page, 'edges'), weight = text => Number(text.split(' ').at(-1)), rounding = 2e-4;
    let found = 0;
    assert.strictEqual(said.length, all.length);
    for (let i = all.length - 1; i >= 0; i -= 3) {
      const at = await page.evaluate(d => {
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        path.setAttribute('d', d);
        const { x, y } = path.getPointAtLength(path.getTotalLength() * 0.4).matrixTransform(document.getElementById('gaze-figure').getScreenCTM());
        return [x, y];
      }, all[i]);
      await page.mouse.move(...at);
      const link = (await readout(page)).replace(/^head \d, /, '');
      const same = text => text.slice(0, -6) === link.slice(0, -6) && Math.abs(weight(text) - weight(link)) < rounding;
      assert.ok(said.some(same) || (heads !== '1' && link.startsWith('Strongest')), `${heads} ${layout} ${i}: ${link}`);
      found += said.some(same);
      if (heads === '1') assert.ok(same(said[i]) || weight(link) > weight(said[i]), `${link}, expected ${said[i]}`);
    }
    assert.ok(found > all.length / 6, `${found} of ${all.length / 3}`);
  }
});

test('click pins, shift-click adds, Escape unpins', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  await page.click(label('Q', 2));
  await page.mouse.move(5, 5);
  assert.match(await readout(page), /^'cats?' attends to/);
  await page.click(label('Q', 4), { modifiers: ['Shift'] });
  await page.mouse.move(5, 5);
  assert.match(await readout(page), /^'[^']+', '[^']+' attends to/);
  await page.keyboard.press('Escape');
  assert.match(await readout(page), /^Strongest: '.+' → '.+' \.\d\d; /);
  assert.strictEqual(await page.locator('.gaze-strip path').count(), 0);
});

test('touch pins', async open => {
  const page = await open(write('head-view', '--model', TINY, TEXT), { hasTouch: true });
  await page.tap(label('Q', 5));
  assert.match(page.url(), /pin=q5/);
  await page.tap(label('K', 6));
  assert.match(page.url(), /pin=k6/);
});

test('by keyboard alone', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  for (let i = 0; i < 40 && !await page.evaluate(() => document.activeElement.classList.contains('gaze-token')); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const focused = () => page.evaluate(({ parentNode: { children, classList } } = document.activeElement) =>
    classList + ' ' + [...children].indexOf(document.activeElement));
  const [column, place] = (await focused()).split(' ');
  assert.ok(column === 'gaze-queries' && place > 0);
  await page.keyboard.press('Enter');
  assert.match(page.url(), new RegExp('pin=q' + place));
  await page.keyboard.press('ArrowRight');
  assert.strictEqual(await focused(), 'gaze-keys ' + place);
  await page.keyboard.press(']');
  assert.strictEqual(await title(page), 'Layer 2, head 1');
  await page.keyboard.press('.');
  assert.strictEqual(await title(page), 'Layer 2, head 2');
  await page.keyboard.press(',');
  assert.strictEqual(await title(page), 'Layer 2, head 1');
  await page.keyboard.press('?');
  assert.ok(await page.locator('#gaze-help').isVisible());
  await page.keyboard.press('Escape');
  assert.ok(!await page.locator('#gaze-help').isVisible());
});

test('the spoken line follows the focus', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  await page.focus(label('Q', 1));
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => /attends to/.test(document.getElementById('gaze-spoken').textContent));
});

test('the address is restored', async open => {
  const page = await opened(open, ...PAIR);
  await page.selectOption('#filter', 'ab');
  await page.selectOption('#unit', 'word');
  await page.click(label('Q', 1));
  await page.mouse.move(5, 5);
  await settled(page);
  const state = await page.evaluate(snapshot);
  const again = await open(page.url());
  await settled(again);
  assert.deepStrictEqual(await again.evaluate(snapshot), state);
  const odd = await open(page.url().split('#')[0] + '#layer=99&heads=7,x&pin=q999&unit=%3Cscript%3E&mass=abc&filter=zz');
  assert.strictEqual(await title(odd), 'Layer 1, no head');
});

// 4 heads x 100 rows x 12 lines would be 4,800.
test('of more than 4,000 lines those stay that stay in C', async open => {
  const many = writeRecord('many', Array.from({ length: 100 }, (_, i) => 'w' + i), 2, 4);
  const page = await open(write('head-view', '--record', many, '--token', 'w5', '--layer', '0', '--head', 'all'));
  await page.selectOption('#layer', '1');
  await settled(page);
  assert.strictEqual((await lines(page, 'edges')).length, 4000);
  await assertSame(page, open, '--record', many, '--token', 'w5', '--layer', '1', '--head', 'all');
});

test('of the labels of 200 tokens some are written, others when they are looked at; one can be reached with Tab', async open => {
  const long = writeRecord('long', Array.from({ length: 200 }, (_, i) => 'w' + i), 2, 2);
  const page = await open(write('head-view', '--record', long, '--head', '1', '--layer', '1'));
  await page.keyboard.press('Escape');
  await settled(page);
  const { queries } = await page.evaluate(snapshot), reached = () => page.$$eval('text[tabindex="0"]:not([display])', texts => texts.length);
  const written = await page.$$eval('.gaze-queries text', texts => texts.flatMap((text, i) => text.hasAttribute('display') ? [] : i));
  assert.ok(written.length < 150 && await reached() === 1);
  const hidden = Array.from({ length: 200 }, (_, i) => i).find(i => i > written[3] && !written.includes(i));
  await page.focus(label('Q', written[0]));
  for (let i = written[0]; i < hidden; i++) await page.keyboard.press('ArrowDown');
  assert.ok(await page.locator(label('Q', hidden)).isVisible());
  assert.match(await readout(page), new RegExp(`^'w${hidden}' attends to `));
  await page.hover(label('Q', written[9])); // which hides the other one again
  assert.strictEqual(await reached(), 1);
  const place = await page.$eval(label('Q', hidden), text => {
    const { x, y } = new DOMPoint(text.getAttribute('x') - 4, text.getAttribute('y') - 3).matrixTransform(text.ownerSVGElement.getScreenCTM());
    return [x, y];
  });
  await page.mouse.move(...place);
  assert.match(await readout(page), new RegExp(`^'w${hidden}' attends to `));
  assert.strictEqual(await reached(), 1);
  await page.mouse.move(5, 5);
  assert.deepStrictEqual((await page.evaluate(snapshot)).queries, queries);
});

test('the strip of another layer is of the token that is pinned now', async open => {
  const page = await opened(open, '--head', '1', '--token', 'mat', TEXT);
  await page.waitForTimeout(500); // the other layers have been made
  await page.click(label('Q', 4));
  await page.mouse.move(5, 5);
  await page.selectOption('#layer', '2');
  await settled(page);
  await assertSame(page, open, '--model', TINY, '--layer', '2', '--head', '1', '--token', '4', TEXT);
});

test('what was made ahead for one choice is not shown for another', async open => {
  const page = await opened(open, '--head', 'mean', '--token', 'mat', TEXT);
  for (const [layer, id, value] of [['2', 'special', 'hide'], ['3', 'mode', 'max'], ['2', 'unit', 'word']]) {
    await page.waitForTimeout(300); // the other layers have been made
    await page.selectOption('#' + id, value);
    await page.selectOption('#layer', layer);
    await settled(page);
  }
  await assertSame(page, open, '--model', TINY, '--layer', '2', '--head', 'max', '--special', 'hide', '--unit', 'word', '--token', 'mat', TEXT);
  await page.waitForTimeout(300);
  await page.click('#none');
  await page.selectOption('#layer', '1');
  assert.strictEqual(await page.locator('.gaze-edges path').count(), 0);
});

test('more of the mass, more lines', async open => {
  const page = await opened(open, '--head', '1', TEXT);
  const before = (await lines(page, 'edges')).length;
  await page.selectOption('#mass', '30');
  assert.ok((await lines(page, 'edges')).length < before);
  assert.match(await page.textContent('#gaze-caption'), /\d+ of \d+ edges drawn, \d+\.\d % of/);
});

test('values of the pinned token', async open => {
  const page = await opened(open, '--head', '1', '--token', 'mat', TEXT);
  await page.click('#gaze-values summary');
  await page.waitForSelector('#gaze-values tr'); // the table is written once it is opened
  const cells = await page.$$eval('#gaze-values tr', rows => rows.map(row => row.children.length));
  assert.ok(cells.length > 10 && cells.every(n => n === 5));
});

test('scripts off: the figure, no controls', async open => {
  const page = await open(write('head-view', '--model', TINY, TEXT), { javaScriptEnabled: false });
  assert.ok(await page.locator('#gaze-figure').isVisible());
  assert.ok(!await page.locator('#gaze-controls').isVisible());
  assert.ok(await page.locator('noscript').first().isVisible());
});

test('hostile tokens execute nothing and stay in their place', async open => {
  const tokens = ['[CLS]', '</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "';alert(1)//",
    '<!--', ']]>', '\u2028', '{}', '</template>', '${alert(1)}', '\u202Eevil', '[SEP]'];
  const record = writeRecord('hostile', tokens, 2, 3, { model: '</title><script>alert(1)</script>', texts: ['</script>"<b>'] });
  const page = await open(write('head-view', '--record', record, '--title', '<script>alert(2)</script>'));
  for (const unit of ['word', 'token']) await page.selectOption('#unit', unit);
  await page.selectOption('#layout', 'horizontal');
  for (let i = 0; i < tokens.length; i++) await page.hover(label('K', i), { force: true });
  assert.strictEqual(await page.locator('script').count(), 2);
  assert.strictEqual(await page.locator('img').count(), 0);
});

test('no more than 5,000 elements', async open => {
  for (const n of [32, 64, 128, 512]) {
    const record = writeRecord('many' + n, Array.from({ length: n }, (_, i) => 'w' + i), 1, 8);
    const page = await open(hash(write('head-view', '--record', record), { heads: '0,1,2,3,4,5', pin: 'q1' }));
    await settled(page);
    if (n <= 64) await page.click('#gaze-values summary');
    assert.strictEqual(await page.locator('#gaze-values').count(), n <= 64 ? 1 : 0);
    const count = await page.evaluate(() => document.getElementsByTagName('*').length);
    assert.ok(count <= 5000, `${n} tokens: ${count}`);
  }
});

test('390 pixels wide: both columns, nothing to scroll sideways, controls folded', async open => {
  for (const words of [['--model', TINY, '--layer', '1', TEXT], ['--model', TINY, '--layer', '0', ...PAIR], ['--record', wide, '--head', '0-5']]) {
    const file = write('head-view', ...words), page = await open(file, { viewport: { width: 390, height: 800 } });
    await settled(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
    for (const label of await page.$$('.gaze-token, .gaze-headings text, .gaze-edges')) {
      const { x, width } = await label.boundingBox();
      assert.ok(x >= 0 && x + width <= 390, `${x} + ${width}`);
    }
    assert.ok(await page.locator(label('K', 1)).isVisible() && await page.locator(label('Q', 1)).isVisible());
    assert.strictEqual(await page.$eval('.gaze-labels', g => Math.round(g.getScreenCTM().a * 100)), 100); // not made smaller
    assert.ok(!await page.locator('#unit').isVisible() && await page.locator('#layer').isVisible());
    await page.click('#gaze-more summary');
    assert.ok(await page.locator('#unit').isVisible());
    await assertSame(page, open, ...words, '--layout', 'narrow');
    await page.selectOption('#layout', 'vertical');
    await settled(page);
    assert.ok((await page.locator('#gaze-figure').boundingBox()).width > 600); // which can be scrolled
    const far = await open(file);
    assert.ok(!await far.locator('#gaze-more summary').isVisible() && await far.locator('#unit').isVisible());
  }
});

test('axe finds nothing serious', async open => {
  for (const [words, options] of [[['--head', '0,1', ...PAIR]], [['--theme', 'dark', TEXT]], [[TEXT], { colorScheme: 'dark' }], [[TEXT], { viewport: { width: 420, height: 800 } }]]) {
    const page = await open(write('head-view', '--model', TINY, ...words), options);
    await page.click('#gaze-values summary');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run());
    const serious = violations.filter(v => ['serious', 'critical'].includes(v.impact));
    assert.deepStrictEqual(serious.map(v => v.id + ': ' + v.nodes[0].html + v.nodes[0].failureSummary), []);
  }
});

run('head_view');
