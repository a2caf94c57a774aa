// gaze neuron-view: what a reader does, and whether the script draws what C draws.
'use strict';

const assert = require('node:assert');
const axe = require('axe-core');
const { write, test, run, TINY } = require('./support.js');

const TEXT = 'The cats sat on the mat because it was unhappily tired.';
const LONG = Array(5).fill('the cat sat on the mat because it was tired').join(' and ');
const BASE = ['--model', TINY, '--layer', '1'];

// Every element of the figure with its attributes and text, and all that is said. What only a page that lives has
// (roles, focus) is left out. Runs in the page.
function snapshot() {
  const figure = document.getElementById('gaze-figure'), bare = text => text.replace(/[\u2068\u2069]/g, '');
  const own = /^(role|tabindex|aria-|data-|visibility)/;
  const attributes = element => [...element.attributes].filter(a => !own.test(a.name))
    .map(a => a.name + '=' + (a.name === 'class' ? a.value.replace(/ ?gaze-token/, '') : a.value)).sort().join(' ');
  const elements = [...figure.querySelectorAll('*')].filter(e => !e.closest('defs') && e.tagName !== 'style');
  return [...elements.map(e => `${e.tagName} ${attributes(e)} ${e.children.length ? '' : e.textContent}`),
    ...['gaze-heading', 'gaze-readout', 'gaze-caption'].map(id => bare(document.getElementById(id).textContent))];
}

// The script against C -----------------------------------------------------------------------------------

// One page goes from state to state by its address; each is compared with a page that C wrote for it.
async function compare(open, text, options, states) {
  const page = await open(write('neuron-view', ...BASE, '--head', '0', '--token', '2', ...options, text));
  for (const [head, token, order, layer = 1, special = ''] of states) {
    const words = ['--layer', String(layer), '--head', String(head), '--token', String(token), ...(order ? ['--dimensions', order] : []),
      ...(special ? ['--special', special] : [])];
    const drawn = await open(write('neuron-view', ...BASE, ...options, ...words, text), { javaScriptEnabled: false });
    await page.evaluate(hash => { location.hash = hash; }, `layer=${layer}&head=${head}&token=${token}&order=${order || 'model'}${special && '&special=' + special}`);
    await page.waitForFunction(values => ['layer', 'head', 'query'].every((id, i) => (document.getElementById('gaze-' + id) || { value: '1' }).value === values[i]),
      [layer, head, token].map(String));
    assert.deepStrictEqual(await page.evaluate(snapshot), await drawn.evaluate(snapshot), words.concat(options).join(' '));
    await drawn.context().close();
  }
}

const STATES = [[0, 2], [1, 4], [2, 8, 'sorted'], [0, 0, 'sorted'], [1, 1]];

test('each head and token is drawn as C draws it', open => compare(open, TEXT, [], STATES));
test('a long text too, of which the strongest keys are shown', open => compare(open, LONG, [], STATES.concat([[2, 40], [0, 55]])));
test('dimmed, in Chinese, dark, with 8 bits', open =>
  compare(open, TEXT, ['--special', 'dim', '--lang', 'zh', '--theme', 'dark', '--precision', '8'], STATES));
test('special tokens hidden', open => compare(open, TEXT, ['--special', 'hide'], [[1, 3], [2, 5, 'sorted']]));
test('special tokens hidden of a long text, under a title', open =>
  compare(open, LONG, ['--special', 'hide', '--title', 'A title'], [[1, 3], [2, 30]]));

// Rows come and go, and what stands below them with them.
test('special tokens shown, dimmed and hidden by the switch', async open => {
  const ways = ['hide', 'show', 'dim', 'hide', 'dim'].map((special, i) => [i % 3, 3 + i, i % 2 ? 'sorted' : '', 1, special]);
  await compare(open, TEXT, [], ways);
  await compare(open, LONG, [], ways);
  await compare(open, TEXT, ['--special', 'hide'], ways.slice(1));
  const p = await open(write('neuron-view', ...BASE, '--token', '0', TEXT));
  await p.selectOption('#gaze-special', 'hide'); // [CLS] was the query
  assert.match(await state(p), /token=1&.*special=hide/);
  assert.match(await p.textContent('#gaze-caption'), /\[CLS\] takes \d+\.\d % of the attention from this token \(hidden\)/);
});

test('every layer, of a page that holds all', open => compare(open, TEXT, ['--full'], [[0, 2, '', 0], [3, 4, 'sorted', 3], [1, 1, '', 2]]));

// What a reader does -------------------------------------------------------------------------------------

const page = (open, ...words) => open(write('neuron-view', ...BASE, '--head', '0', '--token', 'mat', ...words, TEXT));
const key = (page, row) => page.locator('#gaze-keys text').nth(row);
const readout = page => page.textContent('#gaze-readout');
// The address, which is written when the frame is drawn.
const state = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(() => done(location.hash))))));

test('q and k of all tokens are seen before one is pinned, and after Esc', async open => {
  const p = await page(open);
  assert.strictEqual(await p.locator('#gaze-queries text').count(), await p.locator('#gaze-keys text').count());
  await p.keyboard.press('Escape');
  assert.match(await readout(p), /Click a token/);
  assert.strictEqual(await p.getAttribute('#gaze-steps', 'visibility'), 'hidden');
  assert.match(await state(p), /token=-1/);
  await key(p, 2).click();
  assert.strictEqual(await p.getAttribute('#gaze-steps', 'visibility'), null);
});

test('a click and a tap pin a token', async open => {
  const p = await open(write('neuron-view', ...BASE, '--token', 'mat', TEXT), { hasTouch: true });
  await key(p, 2).click();
  assert.match(await readout(p), /^'cat/);
  assert.match(await state(p), /token=2/);
  await key(p, 4).tap();
  assert.match(await state(p), /token=4/);
  assert.strictEqual(await key(p, 4).getAttribute('aria-pressed'), 'true');
});

test('keys: arrows, Enter, head, order', async open => {
  const p = await page(open);
  await key(p, 2).focus();
  await p.keyboard.press('ArrowDown');
  await p.keyboard.press('Enter');
  assert.match(await state(p), /head=0&token=3/);
  await p.keyboard.press('.');
  assert.match(await state(p), /head=1&token=3/);
  await p.keyboard.press(']'); // this page holds one layer
  assert.match(await state(p), /layer=1&head=1&token=3/);
  await p.keyboard.press('o');
  assert.match(await state(p), /order=sorted/);
  await p.keyboard.press('ArrowRight');
  assert.match(await readout(p), /^q of .*dimension \d+: -?\d\.\d{3}; k of .*; q × k for .*; v of /);
  await p.keyboard.press('?');
  assert.ok(await p.evaluate(() => document.getElementById('gaze-help').open));
});

test('the numbers of a cell under the pointer', async open => {
  const p = await page(open), box = await p.locator('#gaze-figure').boundingBox();
  const data = await p.evaluate(() => JSON.parse(document.getElementById('gaze-data').textContent));
  const scale = await p.evaluate(() => document.getElementById('gaze-figure').getScreenCTM().a);
  const x = data.x[1] + 1.5 * data.cell, y = data.top + 3.5 * data.pitch;
  await p.mouse.move(box.x + x * scale, box.y + y * scale);
  assert.match(await readout(p), /^k of '.*', dimension 1: -?\d+\.\d{3}$/);
  await p.mouse.move(box.x + data.x[7] * scale + 3, box.y + (data.outputY + 5) * scale);
  assert.match(await readout(p), /^output for 'mat', dimension 0: /);
  await p.mouse.move(box.x + 3, box.y + box.height + 30);
  assert.match(await readout(p), /^'mat' attends to/);
});

// What stands in the figure is enough to compute it again: sums, scores, softmax.
test('the printed steps are true', async open => {
  const p = await page(open);
  for (const head of [0, 1, 2]) {
    await p.selectOption('#gaze-head', String(head));
    const [texts, scores, size] = await p.evaluate(() => [
      [...document.getElementById('gaze-steps').children].map(e => e.textContent),
      [...document.getElementById('gaze-scores').children].map(e => Number(e.textContent)),
      JSON.parse(document.getElementById('gaze-data').textContent).size]);
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    scores.forEach((score, row) => {
      assert.ok(Math.abs(Number(texts[5 * row]) / Math.sqrt(size) - score) < 0.0011, 'a score');
      assert.ok(Math.abs(Math.exp(score) / sum - Number(texts[5 * row + 2])) < 0.0016, 'a weight');
    });
  }
});

test('layers: by select and by key, of a page that holds all', async open => {
  const p = await page(open, '--full');
  await p.selectOption('#gaze-layer', '3');
  assert.match(await p.textContent('#gaze-heading'), /^Layer 3, head 0, from/);
  await p.focus('#gaze-keys text[tabindex="0"]');
  await p.keyboard.press(']');
  assert.match(await state(p), /layer=0&head=0/);
  await p.keyboard.press('[');
  assert.match(await state(p), /layer=3&head=0/);
});

// The table has what the figure prints, and the keys that the figure leaves out.
test('values of every key', async open => {
  const p = await open(write('neuron-view', ...BASE, '--head', '0', '--token', '2', LONG));
  const rows = () => p.$$eval('#gaze-values tbody tr', list => list.map(row => [...row.children].map(cell => cell.textContent)));
  assert.strictEqual((await rows()).length, 0);
  await p.click('#gaze-values summary');
  for (const action of [() => {}, () => p.selectOption('#gaze-head', '2')]) {
    await action();
    const table = await rows(), tokens = await p.evaluate(() => JSON.parse(document.getElementById('gaze-data').textContent).tokens);
    assert.strictEqual(table.length, tokens);
    assert.ok(Math.abs(table.reduce((sum, row) => sum + Number(row[4]), 0) - 1) < 0.0005 * tokens);
    const drawn = await p.$$eval('#gaze-keys text', keys => keys.map((key, row) =>
      [key.dataset.token, ...[0, 2, 3, 4].map(i => document.getElementById('gaze-steps').children[5 * row + i].textContent)]));
    for (const [t, dot, weight, length, norm] of drawn) {
      assert.deepStrictEqual([table[t][1], table[t][4], table[t][5], table[t][6]], [dot, weight, length, norm]);
      assert.ok(Math.abs(Number(weight) * Number(table[t][5]) - Number(norm)) < 0.01);
    }
  }
  await p.keyboard.press('Escape');
  assert.ok(await p.evaluate(() => document.querySelectorAll('*').length) <= 5000);
});

test('a narrow window scrolls the figure, not the page, and its text stays legible', async open => {
  const p = await open(write('neuron-view', ...BASE, '--token', 'mat', TEXT), { viewport: { width: 390, height: 800 } });
  const widths = await p.evaluate(() => [document.documentElement.scrollWidth, document.querySelector('.scroll').scrollWidth,
    document.getElementById('gaze-figure').getScreenCTM().a * 13]);
  assert.ok(widths[0] <= 390 && widths[1] > 1000 && widths[2] >= 10, widths.join());
});

test('the address restores, and nonsense in it harms nothing', async open => {
  const address = write('neuron-view', ...BASE, '--head', '0', '--token', '2', TEXT);
  const p = await open(address + '#head=2&token=5&order=sorted');
  assert.strictEqual(await p.inputValue('#gaze-head'), '2');
  assert.ok(await p.isChecked('#gaze-sort'));
  const q = await open(address + '#head=99&token=%3Cscript%3E&order=__proto__');
  assert.strictEqual(await q.inputValue('#gaze-head'), '0');
  assert.strictEqual(await q.inputValue('#gaze-query'), '2');
});

test('without scripts the figure stands, and its controls do not', async open => {
  const p = await open(write('neuron-view', ...BASE, '--token', 'mat', TEXT), { javaScriptEnabled: false });
  for (const id of ['keys', 'value-labels', 'steps', 'scores']) assert.ok(await p.locator(`#gaze-${id} text`).first().isVisible(), id);
  for (const id of ['controls', 'values']) assert.ok(!await p.locator('#gaze-' + id).isVisible(), id);
});

test('hostile tokens stay text', async open => {
  const p = await open(write('neuron-view', ...BASE, '--title', '</script><img src=x onerror=alert(1)>', '<img/src=x> </script> & \'q\' "'));
  assert.strictEqual(await p.locator('img').count(), 0);
  await key(p, 2).click();
  await p.keyboard.press('.');
  assert.strictEqual(await p.locator('script').count(), 2);
});

test('dark and print', async open => {
  const p = await open(write('neuron-view', ...BASE, '--token', 'mat', TEXT), { colorScheme: 'dark' });
  const paper = () => p.evaluate(() => getComputedStyle(document.querySelector('.gaze-paper')).fill);
  assert.strictEqual(await paper(), 'rgb(16, 21, 24)');
  await p.emulateMedia({ media: 'print' });
  assert.strictEqual(await paper(), 'rgb(255, 255, 255)');
});

test('nothing serious for axe, pinned or not, light or dark', async open => {
  for (const colorScheme of ['light', 'dark']) {
    const p = await open(write('neuron-view', ...BASE, '--token', 'mat', TEXT), { colorScheme });
    await p.evaluate(axe.source);
    for (const press of ['o', 'Escape']) {
      await p.keyboard.press(press);
      const { violations } = await p.evaluate(() => window.axe.run());
      assert.deepStrictEqual(violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v =>
        v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' ')), []);
    }
  }
});

// What takes long is done before, and not when a head is chosen; of the figure only what differs is changed.
// Numbers are sorted for each limit: two of the vectors of a head, three of the steps of a query.
test('all heads are unpacked ahead, and what a change of head or layer shows is computed', async open => {
  const p = await page(open, '--full');
  await p.addInitScript(() => {
    const { sort } = Float32Array.prototype;
    window.sorted = 0;
    Float32Array.prototype.sort = function () { window.sorted++; return sort.call(this); };
  });
  await p.reload();
  const [layers, heads] = await p.evaluate(() => {
    const data = JSON.parse(document.getElementById('gaze-data').textContent);
    return [data.layers, data.heads];
  });
  await p.waitForFunction(all => window.sorted === all, 2 * layers * heads + 3 * (layers + heads - 1));
  const before = await p.evaluate(() => window.sorted);
  const after = await p.evaluate(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '.', bubbles: true }));
    return window.sorted;
  });
  assert.strictEqual(after, before);
});

test('what was made for one choice is not shown for another', async open => {
  const p = await page(open), shows = async (...words) => {
    const drawn = await open(write('neuron-view', ...BASE, ...words, TEXT), { javaScriptEnabled: false });
    assert.deepStrictEqual(await p.evaluate(snapshot), await drawn.evaluate(snapshot), words.join(' '));
  };
  await p.keyboard.press('.');
  await p.keyboard.press(',');
  await p.keyboard.press('o');
  await p.keyboard.press('.');
  await shows('--head', '1', '--token', 'mat', '--dimensions', 'sorted');
  await p.selectOption('#gaze-query', '2');
  await p.keyboard.press('Escape');
  await p.selectOption('#gaze-query', '4');
  await p.selectOption('#gaze-head', '0');
  await shows('--head', '0', '--token', '4', '--dimensions', 'sorted');
});

test('a change of head or layer makes no element and takes none away', async open => {
  const p = await page(open, '--full'), heading = () => p.textContent('#gaze-heading');
  const before = await heading();
  await p.evaluate(() => {
    window.changes = [];
    new MutationObserver(list => window.changes.push(...list.map(({ target }) => target.id || target.outerHTML)))
      .observe(document.querySelector('main'), { childList: true, subtree: true });
  });
  await p.keyboard.press('.');
  await p.keyboard.press(']');
  assert.notStrictEqual(await heading(), before);
  assert.deepStrictEqual(await p.evaluate(() => window.changes), []);
});

test('few elements, and the time that a change of head takes', async open => {
  for (const text of [TEXT, LONG]) {
    const p = await open(write('neuron-view', ...BASE, text));
    assert.ok(await p.evaluate(() => document.querySelectorAll('*').length) <= 5000);
    const times = await p.evaluate(async () => {
      const select = document.getElementById('gaze-head'), times = [];
      for (let i = 1; i <= 12; i++) {
        const start = performance.now();
        select.value = String(i % 3);
        select.dispatchEvent(new Event('change'));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b);
    });
    console.log(`note: a change of head takes ${times[0].toFixed(1)} ms at least, ${times[6].toFixed(1)} in the middle`);
  }
});

run('neuron_view');
