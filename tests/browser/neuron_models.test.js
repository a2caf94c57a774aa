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

// What the page computes, and what it prints, of the chosen head and token.
function steps() {
  const printed = [...document.querySelectorAll('#gaze-scores text')].map(e => Number(e.textContent));
  return { rows: shownRows, printed, dots: view.dots, scores: [...view.scores], weights: [...view.weights], output: [...view.output], size: K };
}

const sum = list => list.reduce((total, x) => total + x, 0);
const near = (what, got, want, tolerance) => assert.ok(Math.abs(got - want) <= tolerance, `${what}: ${got}, expected ${want}`);

// 16 bits: half a step is 1/65534 of the largest number of q, k or v.
const most = rows => Math.max(...rows.flat().map(Math.abs));

function check(got, arrays, head, query) {
  const [q, k, v] = ['queries', 'keys', 'values'].map(name => arrays[name][head]), K = q[0].length;
  const half = Math.max(most(q), most(k)) / 65534, weights = arrays.attentions[head][query];
  assert.strictEqual(got.size, K);
  k.forEach((row, s) => {
    const dot = sum(row.map((x, i) => x * q[query][i])), bound = half * sum(row.map((x, i) => Math.abs(x) + Math.abs(q[query][i]) + half)) + 1e-5;
    near('q . k', got.dots[s], dot, bound);
    near('score', got.scores[s], arrays.scores[head][query][s], bound / Math.sqrt(K) + 1e-5);
    near('weight', got.weights[s], weights[s], 0.001);
  });
  for (let i = 0; i < K; i++) near('sum of w v', got.output[i], sum(weights.map((w, s) => w * v[s][i])), 0.002 * Math.max(1, most(v)));
  got.rows.forEach((t, row) => near('printed score', got.printed[row], got.scores[t], 0.00051));
}

for (const model of models) test(model, async open => {
  const arrays = dump(model), heads = arrays.queries.length, tokens = arrays.queries[0].length;
  const page = await open(write('neuron-view', '--model', model, '--head', '0', '--token', '1', '--precision', '16', '--quiet', TEXT));
  for (const [head, query] of [[0, 1], [heads - 1, tokens - 1], [0, 0]]) {
    await page.selectOption('#gaze-head', String(head));
    await page.selectOption('#gaze-query', String(query));
    check(await page.evaluate(steps), arrays, head, query);
  }
});

run('neuron_models');
