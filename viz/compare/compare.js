// The comparison of a page: layer and head of either side become matrices, their difference and words, by the rules of
// the C files beside this one. Cells, numbers and legends are those that C drew.

const words = data.words, figure = byId('gaze-figure'), heats = [...figure.querySelectorAll('.gaze-heat')];
const boxes = data.boxes.map(([x, y, pitch, pool, width, height, strongOnly, drop, notch, small]) =>
  ({ x, y, pitch, pool, width, height, strongOnly, drop, notch, small }));
const hasDifference = boxes.length === 3, { sides } = data;
const limits = [...(byId('gaze-limits')?.querySelectorAll('text') ?? [])];
const counts = boxes.map((_, k) => sides[k % 2].seen.length), headings = ['gaze-side-a', 'gaze-side-b'].map(byId);
const CONTROLS = ['a-layer', 'a-head', 'b-layer', 'b-head'];
const state = { 'a-layer': sides[0].layer, 'a-head': sides[0].head, 'b-layer': sides[1].layer, 'b-head': sides[1].head };
let shown = [], matrices = [], difference = null, limit = 1, pins = null; // pins: a cell of each side
// The cells where the weights of either side, or the differences of either sign, are largest; those beyond the limit.
let extremes, clipped = [];

// Matrices ----

const layers = sides.map(({ weights, heads, tokens }) => weights && layersOf(weights, heads, tokens.length));
layers[1] ??= layers[0]; // of one text and one model

// The tokens that are seen, each row divided by its sum where that is asked for.
function seenPart(which, whole) {
  const { seen, tokens } = sides[which], n = seen.length;
  if (n === tokens.length && !data.renormalise) return whole;
  const out = new Float32Array(n * n);
  let at = 0;
  for (const t of seen) {
    const begin = at;
    let sum = 0;
    for (const s of seen) sum += out[at++] = whole[t * tokens.length + s];
    for (let i = begin; data.renormalise && sum > 0 && i < at; i++) out[i] /= sum;
  }
  return out;
}

// The cell where sign times the difference, or the weight of a side, is largest.
function largest(values, sign) {
  let best = 0, most = sign * values[0];
  for (let i = 1; i < values.length; i++) if (sign * values[i] > most) most = sign * values[best = i];
  return best;
}

function sideOf(which) {
  const [layer, head] = panelOf(which), whole = layers[which][layer].weightsOf(head), matrix = seenPart(which, whole);
  return { panel: String(panelOf(which)), matrix, largest: largest(matrix, 1), shares: shareTexts(which, whole) };
}

function makeDifference(a, b) {
  const values = difference = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) values[i] = a[i] - b[i];
  limit = percentile(values) || 1;
  extremes = [1, -1].map(sign => largest(values, sign));
  clipped = [];
  const beyond = limit * (1 + 1e-6);
  for (let i = 0; i < a.length; i++) if (Math.abs(values[i]) > beyond) clipped.push(i);
}

// Nothing of a side depends on the other, so that one that stays is kept.
function makeMatrices() {
  shown = [0, 1].map(k => shown[k]?.panel === String(panelOf(k)) ? shown[k] : sideOf(k));
  matrices = shown.map(side => side.matrix);
  extremes = shown.map(side => side.largest);
  if (!hasDifference) return;
  makeDifference(...matrices);
  matrices.push(difference);
}

// Drawing ----

const panelOf = which => which ? [state['b-layer'], state['b-head']] : [state['a-layer'], state['a-head']];

function signedLevel(value) {
  return Math.min(255, Math.floor(Math.max(128 + 127 * (value * (1 / limit)), 1) + 0.5));
}

function rowOf(k, t) {
  return matrices[k].subarray(t * counts[k], (t + 1) * counts[k]);
}

const levelAt = (k, t, s) => k === 2 ? signedLevel(rowOf(k, t)[s]) : levelOf(rowOf(k, t)[s], data.scale, rowOf(k, t));
const numberText = (value, small) => (value < -0.005 ? '-' : '') + (small && Math.abs(value) >= 0.995 ? '1.0' : weightText(Math.abs(value)));

// Dots of signed numbers: of several the one farthest from 0.
function signedDots(n, pool) {
  const across = Math.ceil(n / pool), levels = new Uint8Array(across * across).fill(128);
  for (let t = 0; t < n; t++) {
    const row = rowOf(2, t), begin = Math.floor(t / pool) * across;
    for (let s = 0; s < n; s++) {
      const dot = begin + Math.floor(s / pool), level = signedLevel(row[s]);
      if (Math.abs(level - 128) > Math.abs(levels[dot] - 128)) levels[dot] = level;
    }
  }
  return { levels, rows: across, columns: across, ramp: data.signedRamp };
}

function drawMatrix(k) {
  const n = counts[k], [ramp, inks] = k === 2 ? [data.signedRamp, data.signedInks] : [data.ramp, data.inks];
  const image = heats[k].querySelector('image');
  if (image) {
    const dots = k === 2 ? signedDots(n, boxes[k].pool) : dotsOf(matrices[k], n, n, boxes[k].pool, data.scale);
    image.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', bitmapOf(dots));
    if (k === 2 && words.notched) drawNotches(boxes[k].x, boxes[k].y);
    return;
  }
  const cells = heats[k].children, levels = Uint8Array.from({ length: n * n }, (_, i) => levelAt(k, Math.floor(i / n), i % n));
  levels.forEach((level, i) => set(cells[i], { fill: '#' + ramp.slice(6 * level, 6 * level + 6) }));
  drawNumbers(k, levels, inks);
  if (k === 2 && words.notched) drawNotches(0, 0);
}

// In all cells, or in those from .10 on. The texts that are there serve again.
function drawNumbers(k, levels, inks) {
  const group = heats[k].parentNode.querySelector('.gaze-numbers'), n = counts[k], { pitch, strongOnly, drop } = boxes[k];
  if (!group) return;
  const cells = [...levels.keys()].filter(i => !strongOnly || Math.abs(matrices[k][i]) >= 0.095);
  while (group.children.length > cells.length) group.lastChild.remove();
  while (group.children.length < cells.length) group.append(svgElement('text', {}));
  cells.forEach((i, at) => {
    const text = group.children[at], ink = Number(inks[levels[i]]);
    set(text, { x: num(pitch * (i % n) + (pitch - 1) / 2), y: num(pitch * Math.floor(i / n) + drop),
      fill: ink & 1 ? '#000000' : '#ffffff', class: ink & 2 ? 'gaze-black' : undefined });
    text.textContent = numberText(matrices[k][i], boxes[k].small);
  });
}

// A notch in the upper right corner of each cell whose difference is larger than its colour tells.
function drawNotches(x, y) {
  const { pitch, notch } = boxes[2], n = counts[2], fill = figure.querySelector('.gaze-paper').getAttribute('fill');
  const right = x + pitch - notch - (pitch >= 12 ? 1 : 0);
  const d = clipped.map(i => `M${num(right + pitch * (i % n))} ${num(y + pitch * Math.floor(i / n))}h${notch}v${notch}z`).join('');
  if (heats[2].nextElementSibling?.matches('.gaze-paper')) heats[2].nextElementSibling.remove();
  if (d) heats[2].after(svgElement('path', { class: 'gaze-paper', fill, 'pointer-events': 'none', d }));
}

function drawPins() {
  [...byId('gaze-pins').children].forEach((frame, k) => {
    const cell = pins[k % 2], { x, y, pitch } = boxes[k];
    set(frame, { x: num(x + pitch * (cell % counts[k]) - 1.5), y: num(y + pitch * Math.floor(cell / counts[k]) - 1.5) });
  });
}

// Words ----

const readout = text => { byId('gaze-readout').textContent = text; speak(text); };
const join = sentences => sentences.filter(Boolean).reduce((text, s) => text + (text.endsWith('.') ? ' ' : '') + s, '');
const capital = text => text[0].toUpperCase() + text.slice(1);

function panelText(which) {
  const [layer, head] = panelOf(which);
  return sides[which].layerNames[layer] + words.comma + sides[which].headNames[head];
}

function titleText() {
  const same = String(panelOf(0)) === String(panelOf(1));
  return words.title || capital(panelText(0) + (same ? words.same : words.against + panelText(1)));
}

function linkText(which, cell) {
  const { seen, tokens } = sides[which], name = i => {
    const [label, , nth] = tokens[seen[i]];
    return words.openQuote + label + words.closeQuote + (nth ? fill(words.nth, nth) : ''); // gaze_sentence_name
  };
  return words.from + name(Math.floor(cell / seen.length)) + words.to + name(cell % seen.length) + words.is;
}

const differenceText = i => (difference[i] > 0 ? '+' : '') + shortText(difference[i], 3);

function bothText(i) {
  const [a, b] = matrices.map(matrix => shortText(matrix[i], 3));
  return linkText(0, i) + a + words.inA + b + words.inB + differenceText(i);
}

const eachText = cells => cells.map((cell, k) =>
  'AB'[k] + words.colon + linkText(k, cell) + shortText(matrices[k][cell], 3)).join(words.comma);
const cellText = cells => hasDifference ? bothText(cells[0]) : eachText(cells);
// What is pinned; where that is what is largest, it is said.
const pinText = () => (String(pins) === String(strongest()) ? hasDifference ? words.headline : words.strongest : '') + cellText(pins);

function strongest() { // the cell of each side that a page begins with
  const [above, below] = extremes;
  if (!hasDifference) return extremes;
  return [0, 0].fill(-difference[below] > difference[above] ? below : above);
}

function largestText(sign) {
  const i = extremes[sign > 0 ? 0 : 1];
  if (!(sign * difference[i] > 0)) return '';
  return (sign > 0 ? words.largestA : words.largestB) + bothText(i) + words.fullStop;
}

// What is largest: the differences of both signs, or the weight of each side.
function findings() {
  if (hasDifference) return [largestText(1), largestText(-1)];
  return [words.strongest + eachText(strongest()) + words.fullStop];
}

// How many differences lie beyond the limit, and the largest four of them.
function clippedText() {
  const size = i => Math.abs(difference[i]), cells = [...clipped].sort((i, k) => size(k) - size(i) || i - k);
  if (!cells.length) return '';
  const named = cells.slice(0, 4).map(i => linkText(0, i) + differenceText(i)).join(words.and);
  const more = cells.length > 4 ? fill(words.more, cells.length - 4) : '';
  return fill(words.clipped, shortText(limit, 3), cells.length, difference.length, words.notched) +
    words.open + named + more + words.close + words.fullStop;
}

// "A: [SEP] takes 62 % of this head (hidden)."
function shareTexts(which, whole) {
  const { seen, tokens } = sides[which], all = tokens.length;
  const kinds = data.special === 'show' ? [] : [...new Set(tokens.filter(token => token[1]).map(token => token[0]))];
  return kinds.map((kind, i) => {
    const columns = [...tokens.keys()].filter(s => tokens[s][1] && tokens[s][0] === kind);
    const mass = seen.reduce((sum, t) => columns.reduce((part, s) => part + whole[t * all + s], sum), 0) / seen.length;
    const percent = fill(words.percent, fixed(100 * mass, mass >= 0.0005 && mass < 0.0095 ? 1 : 0));
    return (i ? '' : 'AB'[which] + words.colon) + kind + words.takes + percent + words.ofIt +
      (data.special === 'hide' ? words.hidden : words.dimmed);
  });
}

function captionText() {
  return join([
    words.reading,
    words.said,
    ...findings(),
    words.frames,
    difference ? clippedText() : '',
    words.strong,
    words.joined,
    ...shown.flatMap(side => side.shares),
    words.renormalised,
    words.pooled,
    words.counting,
  ]);
}

function drawAll() {
  const before = matrices;
  makeMatrices();
  boxes.forEach((_, k) => { if (matrices[k] !== before[k]) drawMatrix(k); });
  pins ??= strongest();
  drawPins();
  const signs = clipped.length ? ['≤ ', '', '≥ '] : ['', '', ''];
  limits.slice(0, 3).forEach((text, i) => {
    text.textContent = signs[i] + (i > 1 ? '+' : '') + String(Number(fixed(limit * (i - 1), 3)));
  });
  headings.forEach((heading, k) => { heading.textContent = 'AB'[k] + words.colon + panelText(k); });
  byId('gaze-heading').textContent = document.title = titleText();
  byId('gaze-caption').textContent = captionText();
  CONTROLS.forEach(id => { byId(id).value = state[id]; });
  readout(pinText());
}

// The address ----

function keepAddress() {
  writeAddress({ ...state, cell: pins });
}

function restore() {
  const address = readAddress();
  CONTROLS.forEach((id, i) => {
    const choices = Object.keys(i % 2 ? sides[i >> 1].headNames : layers[i >> 1]);
    if (choices.includes(address[id])) state[id] = address[id];
  });
  const cells = (address.cell ?? '').split(',').map(text => /^\d{1,8}$/.test(text) ? Number(text) : NaN);
  if (cells.length === 2 && cells.every((cell, k) => cell < counts[k] ** 2)) pins = hasDifference ? [cells[0], cells[0]] : cells;
}

// What a reader does ----

function change(id, value) {
  state[id] = value;
  drawAll();
  keepAddress();
}

function step(id, by) { // of a select, to the option beside it
  const options = [...byId(id).options].map(option => option.value), next = options[options.indexOf(state[id]) + by];
  if (next !== undefined) change(id, next);
}

// The cells of both sides when one of matrix k is meant.
const cellsAt = (k, cell) => hasDifference ? [cell, cell] : pins.map((pin, side) => side === k ? cell : pin);

function pin(cells) {
  pins = cells;
  drawPins();
  readout(pinText());
  keepAddress();
}

function cellUnder(event, k) {
  const area = event.target.getBoundingClientRect(), n = counts[k], most = n - 1;
  const place = (at, begin, size) => Math.max(0, Math.min(most, Math.floor((at - begin) / size * n)));
  return place(event.clientY, area.top, area.height) * n + place(event.clientX, area.left, area.width);
}

function movePin(k, key) {
  const n = counts[k], cell = pins[k % 2], row = Math.floor(cell / n), column = cell % n;
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  const inside = row + down >= 0 && row + down < n && column + right >= 0 && column + right < n;
  if (inside) pin(cellsAt(k, cell + down * n + right));
}

const STEPS = { '[': ['a-layer', -1], ']': ['a-layer', 1], '{': ['b-layer', -1], '}': ['b-layer', 1],
  ',': ['a-head', -1], '.': ['a-head', 1], '<': ['b-head', -1], '>': ['b-head', 1] };

function onKey(event) {
  const { key, target } = event;
  if (byId('gaze-help').open || target.tagName === 'SELECT' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.classList?.contains('gaze-sheet') && key.startsWith('Arrow')) movePin(Number(target.dataset.matrix), key);
  else if (Object.hasOwn(STEPS, key)) step(...STEPS[key]);
  else if (key === '?') showHelp();
  else return;
  event.preventDefault();
}

// Over each matrix an area that is pointed at and focused; it takes the place of the hover texts of a figure without scripts.
function addSheet(box, k) {
  heats[k].querySelectorAll('title').forEach(title => title.remove());
  const { x, y, width, height } = box, label = ['A', 'B', words.minus][k] + ', ' + words.read;
  const sheet = svgElement('rect', { class: 'gaze-sheet', x, y, width, height, fill: 'none', 'pointer-events': 'all',
    role: 'button', tabindex: 0, 'aria-label': label, 'data-matrix': k });
  sheet.addEventListener('pointermove', event => readout(cellText(cellsAt(k, cellUnder(event, k)))));
  sheet.addEventListener('pointerleave', () => readout(pinText()));
  sheet.addEventListener('click', event => pin(cellsAt(k, cellUnder(event, k))));
  figure.append(sheet);
}

function listen() {
  CONTROLS.forEach(id => byId(id).addEventListener('change', event => change(id, event.target.value)));
  boxes.forEach(addSheet);
  document.addEventListener('keydown', onKey);
  window.addEventListener('hashchange', () => { restore(); drawAll(); });
}

restore();
listen();
drawAll();
workLater([...new Set(layers)].flatMap(Object.values).flatMap(layer => layer.jobs));
