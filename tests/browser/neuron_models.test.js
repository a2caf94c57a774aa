// gaze neuron-view on every model that is read: the page opens without a complaint, and its numbers are those of `gaze dump`.
// MODEL=path adds one.
'use strict';

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { write, test, run } = require('./support.js');

const TEXT = 'The cat sat on the mat.';
const FOLDERS = ['models', 'tasks', 'answer', 'label'].map(name => 'tests/data/' + name);
const TOKENIZERS = ['tokenizer.json', 'vocab.txt', 'vocab.json'];

// Those with a tokenizer: the others are read by other tests, from ids.
const models = FOLDERS.flatMap(folder => fs.readdirSync(folder).sort().map(name => `${folder}/${name}`))
  .filter(folder => TOKENIZERS.some(name => fs.existsSync(`${folder}/${name}`))).concat(process.env.MODEL || []);

// The arrays of the last layer, by name; (H,T,T) and (H,T,K).
function dump(model) {
  const file = path.join(process.env.PAGES, 'dump.json');
  execFileSync(process.env.GAZE, ['dump', '--model', model, '--what', 'inputs,attentions,scores,qkv', '-o', file, TEXT], { stdio: 'pipe' });
  const arrays = JSON.parse(fs.readFileSync(file)), layer = Math.max(...Object.keys(arrays).map(name => Number(name.split('.')[1] || 0)));
  return Object.fromEntries(['attentions', 'scores', 'queries', 'keys', 'values'].map(name => [name, arrays[`${name}.${layer}`][0]]));
}

// The table of the chosen head and token, a row for each key: its number and name, q . k, score, mask, w, |v|, w |v|.
const table = page => page.$$eval('#gaze-values tbody tr', rows => rows.map(row => [...row.children].map(cell => cell.textContent)));

// A number of the output, which stands in the readout when the mouse rests on it.
async function outputAt(page, dimension) {
  const [x, y] = await page.evaluate(i => {
    const data = JSON.parse(document.getElementById('gaze-data').textContent);
    const at = new DOMPoint(data.x[7] + data.cell * (i + 0.5), data.outputY + data.height / 2);
    const { x, y } = at.matrixTransform(document.getElementById('gaze-figure').getScreenCTM());
    return [x, y];
  }, dimension);
  await page.mouse.move(x, y);
  const said = await page.textContent('#gaze-readout');
  assert.match(said, new RegExp(`, dimension ${dimension}: -?\\d+\\.\\d{3}$`));
  return Number(said.split(': ').pop());
}

const sum = list => list.reduce((total, x) => total + x, 0);
const near = (what, got, want, tolerance) => assert.ok(Math.abs(got - want) <= tolerance, `${what}: ${got}, expected ${want}`);

// 16 bits: half a step is 1/65534 of the largest number of q, k or v.
const most = rows => Math.max(...rows.flat().map(Math.abs));

async function check(page, arrays, head, query) {
  const [q, k, v] = ['queries', 'keys', 'values'].map(name => arrays[name][head]), K = q[0].length;
  const half = Math.max(most(q), most(k)) / 65534, weights = arrays.attentions[head][query];
  const got = await table(page), printed = 0.00051;
  assert.strictEqual(got.length, k.length);
  k.forEach((row, s) => {
    const [dotText, scoreText, , weightText, lengthText, normText] = got[s].slice(1).map(Number), length = Math.hypot(...v[s]);
    const dot = sum(row.map((x, i) => x * q[query][i])), bound = half * sum(row.map((x, i) => Math.abs(x) + Math.abs(q[query][i]) + half)) + 1e-5;
    near('q . k', dotText, dot, bound + printed);
    near('score', scoreText, arrays.scores[head][query][s], bound / Math.sqrt(K) + printed);
    near('weight', weightText, weights[s], 0.0005 + printed);
    near('length of v', lengthText, length, 0.0005 + printed);
    near('w |v|', normText, weights[s] * length, 0.0005 * Math.max(1, length) + printed);
  });
  for (const i of [0, K - 1]) near('sum of w v', await outputAt(page, i), sum(weights.map((w, s) => w * v[s][i])), 0.0005 * Math.max(1, most(v)) + printed);
}

for (const model of models) test(model, async open => {
  const arrays = dump(model), heads = arrays.queries.length, tokens = arrays.queries[0].length;
  const page = await open(write('neuron-view', '--model', model, '--head', '0', '--token', '1', '--precision', '16', '--quiet', TEXT));
  await page.click('#gaze-values summary');
  for (const [head, query] of [[0, 1], [heads - 1, tokens - 1], [0, 0]]) {
    await page.selectOption('#gaze-head', String(head));
    await page.selectOption('#gaze-query', String(query));
    await check(page, arrays, head, query);
  }
});

run('neuron_models');
