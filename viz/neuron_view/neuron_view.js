// The neuron view: any query and head of a layer, computed from its vectors; the elements are those of the C files here.

const T = data.tokens, K = data.size, W = data.words, LEVELS = 31, ALL = 32, SOME = 13; // as neuron_view.h has them
const [Q, KEY, P, , SCORE, , WEIGHT, V] = data.x.map((_, i) => i); // columns
const the = id => byId('gaze-' + id);
const written = [...the('labels').children];
const figure = the('figure');
const state = { layer: data.layer, head: data.head, query: data.query, sorted: data.sorted, special: data.special };
let view, views, kept, shownRows, outputY, waiting, at = 0, dimension = -1; // `at`: the row that has the focus

// A label inside a sentence; what runs from right to left keeps its isolate.
const nth = t => data.nth[t] ? fill(W.nth, data.nth[t]) : '';
const label = t => written[t].textContent.slice(0, -nth(t).length || undefined).replace(/^(#*)\u200d/, '$1');
const name = t => W.open + label(t) + W.close + nth(t); // gaze_sentence_name

// Numbers -------------------------------------------------

// gaze_neuron_pack: all low bytes, then all high bytes, of q, k and v.
const heads = [];
function vectorsOf(h) {
  if (heads[h]) return heads[h];
  const [q, k, v, base64] = data.vectors[h], size = T * K, count = 3 * size, wide = data.bits > 8;
  const bytes = inflate(bytesOf(base64), wide ? 2 * count : count), all = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const whole = wide ? (bytes[i] | bytes[count + i] << 8) << 16 >> 16 : bytes[i] << 24 >> 24;
    all[i] = whole * (i < size ? q : i < 2 * size ? k : v);
  }
  const part = i => all.subarray(i * size, (i + 1) * size);
  return heads[h] = { q: part(0), k: part(1), v: part(2), limit: percentile(all.subarray(0, 2 * size)), values: percentile(part(2)) };
}

function softmax(scores) {
  const most = Math.max(...scores);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - most);
  return Float32Array.from(scores, score => Math.exp(score - most) / sum);
}

// core/explain/steps.c, for one query
function stepsOf(h, query) {
  const { q, k, v, limit, values } = vectorsOf(h), products = new Float32Array(T * K), output = new Float32Array(K);
  const dots = [], norms = [];
  for (let s = 0; s < T; s++) {
    let dot = 0, square = 0;
    for (let i = 0; i < K; i++) {
      const a = q[query * K + i], b = k[s * K + i], c = v[s * K + i];
      products[s * K + i] = a * b;
      dot += a * b;
      square += c * c;
    }
    dots.push(dot);
    norms.push(Math.sqrt(square));
  }
  const scores = dots.map(dot => dot / Math.sqrt(K)), weights = softmax(scores);
  for (let i = 0; i < K; i++) {
    let sum = 0;
    for (let s = 0; s < T; s++) sum += weights[s] * v[s * K + i];
    output[i] = sum;
  }
  const ranked = byWeight(weights), strongest = ranked[0];
  const size = i => Math.abs(products[strongest * K + i]);
  const plain = Array.from({ length: K }, (_, i) => i), order = [...plain].sort((a, b) => size(b) - size(a) || a - b);
  const limits = { [Q]: limit, [KEY]: limit, [V]: values, [P]: percentile(products),
    [SCORE]: percentile(Float32Array.from(scores)), output: percentile(output) };
  return { q, k, v, products, dots, scores: Float32Array.from(scores), weights,
    lengths: norms, norms: norms.map((norm, s) => weights[s] * norm), output, ranked, strongest, order, limits, places: state.sorted ? order : plain };
}

// By weight; of equal ones the first.
function byWeight(weights) {
  return [...kept].sort((a, b) => weights[b] - weights[a] || a - b);
}

function chooseRows(s, query) {
  if (kept.length <= ALL) return kept;
  const best = s.ranked.slice(0, SOME);
  if (!best.includes(query)) best[SOME - 1] = query;
  return best.sort((a, b) => a - b);
}

// Cells ---------------------------------------------------
// All places are whole numbers or halves, which JavaScript writes as C does.

function levelOfSigned(x, limit) {
  if (!(limit > 0)) return 0;
  const level = Math.floor(LEVELS * Math.min(Math.abs(x) / limit, 1) + 0.5);
  return x < 0 ? -level : level;
}

const colorOf = level => data.colors[level + LEVELS];
const rowY = row => data.top + data.pitch * row + (data.pitch - data.height) / 2;
const middleOf = row => data.top + data.pitch * (row + 0.5);
const outputOf = rows => data.top + data.pitch * rows.length + data.outputGap;
const isClipped = (x, limit) => Math.abs(x) > limit;

const sourceOf = (view, column) => ({ [Q]: view.q, [KEY]: view.k, [P]: view.products, [V]: view.v }[column]);

// Of a column: [numbers, left, top, limit].
function stripsOf(view, column) {
  const { output, limits } = view, source = sourceOf(view, column), strips = [];
  const shown = t => column === Q ? data.all || t === state.query : column !== P || state.query >= 0;
  view.rows.forEach((t, row) => {
    if (shown(t)) strips.push([source.subarray(t * K, t * K + K), data.x[column], rowY(row), limits[column]]);
  });
  if (column === V && state.query >= 0) strips.push([output, data.x[V], outputOf(view.rows), limits.output]);
  return strips;
}

// The strokes of each level but 0, as put_runs writes them.
function strokesOf(strips, places) {
  const pens = Array.from({ length: 2 * LEVELS + 1 }, () => ({ strokes: [], x: 0, y: 0 })), levels = [];
  for (const [numbers, left, top, limit] of strips) {
    const y = top + data.height / 2;
    for (let i = 0; i < K; i++) levels[i] = levelOfSigned(numbers[places[i]], limit);
    for (let from = 0, to; from < K; from = to) {
      for (to = from + 1; to < K && levels[to] === levels[from]; to++);
      const pen = pens[levels[from] + LEVELS], x = left + data.cell * from, length = data.cell * (to - from);
      pen.strokes.push(`m${x - pen.x} ${y - pen.y}h${length}`);
      pen.x = x + length;
      pen.y = y;
    }
  }
  pens.splice(LEVELS, 1);
  return pens.map(pen => pen.strokes.join(''));
}

function tick(right, top, size) {
  return `M${right - size} ${top}h${size}v${size}z`;
}

function cellsOf(view) {
  const strips = [Q, KEY, P, V].flatMap(column => stripsOf(view, column)), size = Math.min(4, data.cell);
  let frames = '', ticks = '', beyond = 0;
  for (const [x, left, top, limit] of strips) {
    frames += boxPath(left - 0.5, top - 0.5, data.strip + 1, data.height + 1);
    for (let i = 0; i < K; i++) {
      if (!isClipped(x[view.places[i]], limit)) continue;
      ticks += tick(left + data.cell * (i + 1), top, size);
      beyond++;
    }
  }
  return { strokes: strokesOf(strips, view.places), frames, ticks, beyond };
}

function drawCells() {
  const cells = the('cells').children, row = shownRows.indexOf(state.query);
  view.strokes.forEach((d, i) => cells[i].setAttribute('d', d));
  set(the('frames'), { d: view.frames });
  set(the('ticks'), { d: view.ticks });
  if (row >= 0) set(the('pinned'), { d: boxPath(data.x[Q] - 2, rowY(row) - 2, data.strip + 4, data.height + 4) });
}

// Of the head h all that is shown, except texts. `views`, by head, stay good while only layer and head change.
function viewOf(h) {
  if (views[h]) return views[h];
  const query = state.query < 0 ? kept[0] : state.query, view = stepsOf(h, query);
  view.rows = state.query < 0 && shownRows || chooseRows(view, query);
  return views[h] = Object.assign(view, cellsOf(view));
}

// While nobody waits, from the head h on: what one change of head or layer would show, and the vectors of all others.
function prepare(h = 0) {
  const near = h % data.heads === state.head || Math.floor(h / data.heads) === state.layer - data.firstLayer;
  (near ? viewOf : vectorsOf)(h);
  if (h + 1 < data.vectors.length) waiting = setTimeout(prepare, 0, h + 1);
}

// Rows ----------------------------------------------------

const PER_ROW = { connectors: 1, chips: 1, scores: 1, keys: 1, 'value-labels': 1, steps: 5, queries: data.all ? 1 : 0 };

// As many elements of a group as are wanted; new ones are like those `per` before them, a row lower.
function setCount(group, count, per) {
  const list = group.children;
  while (list.length > count) group.lastElementChild.remove();
  while (list.length < count) {
    const copy = group.appendChild(list[list.length - per].cloneNode(true));
    const y = copy.getAttribute('y');
    set(copy, { 'data-token': undefined, y: y && Number(y) + data.pitch });
  }
}

// What stands below the rows goes up or down when their number changes; the places are those of numbers.c and headings.c.
function placeRows() {
  const R = shownRows.length, sums = the('sums'), left = data.keyX - data.labels;
  if (outputY === outputOf(shownRows)) return;
  outputY = outputOf(shownRows);
  const scaleY = outputY + data.scaleGap, height = scaleY + data.below;
  const places = [12.5, 31, ...(R < T ? [48.5, 48.5, 12.5, 12.5, 30.5, 30.5] : [12.5, 12.5])];
  const move = (selector, y) => figure.querySelectorAll(selector).forEach((element, i) => set(element, { y: y(i) }));
  for (const [id, per] of Object.entries(PER_ROW)) if (per) setCount(the(id), per * R, per);
  setCount(sums, places.length, 2);
  move('#gaze-sums text', i => outputY + places[i]);
  move('#gaze-scale-bars rect', () => scaleY);
  move('#gaze-limits text', () => scaleY + 23);
  let lines = '';
  for (let row = 0; row <= R; row++) lines += `M${left} ${data.top + data.pitch * row}h${data.x[8] - left}`;
  set(the('guides'), { d: lines });
  set(figure, { height, viewBox: `0 0 ${figure.getAttribute('width')} ${height}` });
  set(figure.querySelector('.gaze-paper'), { height });
}

// Numbers and labels --------------------------------------

const childrenOf = group => the(group).children;

// Of an element that holds a text and nothing else. The text is changed, and not replaced, which takes longer.
function setText({ firstChild }, text) {
  if (firstChild.data !== text) firstChild.data = text;
}

function drawNumbers() {
  const { dots, lengths, norms, weights, scores, limits } = view, D = data.decimals;
  const [texts, sums, bars, chips, marks, ends] = ['steps', 'sums', 'bars', 'chips', 'scores', 'limits'].map(childrenOf);
  const largest = Math.max(...shownRows.map(t => weights[t]));
  const bar = (row, part) => boxPath(data.x[WEIGHT], middleOf(row) - 4.5, data.bar * part, 9);
  let tracks = '', parts = '', chipTicks = '', shown = 0, all = 0, clipped = view.beyond;
  shownRows.forEach((t, row) => {
    const level = levelOfSigned(scores[t], limits[SCORE]), color = colorOf(level), score = marks[row];
    [dots[t], 0, weights[t], lengths[t], norms[t]].forEach((x, i) => { if (i !== 1) setText(texts[5 * row + i], fixed(x, D)); });
    setText(score, fixed(scores[t], D));
    set(score, { fill: color[7] === '1' ? '#000000' : '#ffffff', class: color[8] === '1' ? 'gaze-black' : undefined });
    set(chips[row], { fill: color.slice(0, 7) });
    tracks += bar(row, 1);
    parts += bar(row, largest > 0 ? weights[t] / largest : 0);
    if (isClipped(scores[t], limits[SCORE])) {
      chipTicks += tick(data.x[SCORE] + 4, middleOf(row) - 9.5, 5);
      clipped++;
    }
    shown += weights[t];
  });
  for (const weight of weights) all += weight;
  setText(sums[1], fill(W.outputOfAll, T, fixed(limits.output, 2)));
  setText(sums[2], fixed(all, D));
  if (shownRows.length < T) {
    const others = fill(W.others, T - shownRows.length);
    [fixed(shown, D), W.shown, fixed(Math.max(all - shown, 0), D), others].forEach((text, i) => setText(sums[4 + i], text));
  }
  setText(the('bar-scale'), fill(W.longest, fixed(largest, D)));
  set(the('chip-ticks'), { d: chipTicks });
  set(bars[0], { d: tracks });
  set(bars[1], { d: parts });
  [Q, KEY, P, SCORE, V].forEach((column, i) => {
    setText(ends[3 * i], fixed(-limits[column], 2));
    setText(ends[3 * i + 2], fixed(limits[column], 2));
  });
  return { shown, all, clipped };
}

function drawConnectors() {
  const x0 = data.x[Q] + data.strip + 2, x1 = x0 + 52, half = x0 + 26;
  const y0 = middleOf(Math.max(shownRows.indexOf(state.query), 0)), lines = childrenOf('connectors');
  shownRows.forEach((t, row) => {
    const y1 = middleOf(row), weight = view.weights[t];
    set(lines[row], {
      'stroke-opacity': num(Math.sqrt(Math.min(weight, 1))), d: `M${x0} ${y0}C${half} ${y0} ${half} ${y1} ${x1} ${y1}` });
  });
}

// An element becomes the label of a token.
function putLabel(element, t) {
  set(element, { 'font-weight': t === state.query ? '600' : undefined });
  if (element.dataset.token === String(t)) return;
  element.dataset.token = t;
  const color = data.specials[t] === '1' ? 'muted' : 'ink';
  set(element, { class: 'gaze-' + color, fill: data[color] });
  element.replaceChildren(...[...written[t].childNodes].map(node => node.cloneNode(true)));
}

function drawLabels() {
  const [queries, keys, values] = ['queries', 'keys', 'value-labels'].map(childrenOf);
  shownRows.forEach((t, row) => {
    const key = keys[row];
    putLabel(key, t);
    putLabel(values[row], t);
    if (data.all) putLabel(queries[row], t);
    key.classList.add('gaze-token');
    set(key, { role: 'button', tabindex: row === at ? 0 : -1, 'aria-pressed': t === state.query });
  });
  const row = shownRows.indexOf(state.query);
  if (!data.all && row >= 0) {
    putLabel(queries[0], state.query);
    set(queries[0], { y: middleOf(row) + 4.5 });
  }
  const left = data.keyX - data.labels;
  set(the('veil'), { d: shownRows.map((t, r) => data.specials[t] === '0' || state.special !== 'dim' ? '' :
    boxPath(left, data.top + data.pitch * r + 1, data.x[8] - left + 2, data.pitch - 2)).join('') });
}

// Words ---------------------------------------------------

function readout() {
  if (state.query < 0) return W.nothing;
  const best = view.ranked.slice(0, 4), parts = [];
  let rest = view.all;
  for (const t of best) {
    parts.push(name(t) + ' ' + fixed(view.weights[t], data.decimals));
    rest -= view.weights[t];
  }
  const end = best.length < T ? W.rest + fixed(Math.max(rest, 0), data.decimals) : '';
  return name(state.query) + W.attends + parts.join(W.next) + end;
}

// What special tokens take, where they are not simply shown.
function shares() {
  const sums = new Map(), treated = W[state.special];
  for (let t = 0; t < T && treated; t++) {
    if (data.specials[t] === '1') sums.set(label(t), (sums.get(label(t)) || 0) + view.weights[t]);
  }
  return [...sums].map(([name, sum]) => name + W.takes + fixed(100 * sum, 1) + W.ofQuery + treated);
}

// gaze_sentence_put
const join = list => list.reduce((text, next) => text + (next && text.endsWith('.') ? ' ' : '') + next, '');

function caption() {
  if (state.query < 0) return join([W.colors, W.counting]);
  const { strongest, dots, products, order, shown, all, clipped } = view, D = data.decimals, R = shownRows.length;
  let part = 0;
  for (const i of order.slice(0, data.part)) part += products[strongest * K + i];
  const share = part / dots[strongest];
  const percent = share > 0 && share <= 1 ? fill(W.share, fixed(100 * share, 0)) : '';
  return join([W.reading, W.cut,
    R === T ? fill(W.allShown, fixed(all, D)) : fill(W.someShown, name(state.query), R, T, fixed(shown, D), fixed(all, D)),
    ...shares(),
    fill(W.dimensions, data.part, K, fixed(part, D), fixed(dots[strongest], D), name(strongest)) + percent + W.stop,
    state.sorted ? fill(W.sortedBy, name(strongest)) : '', W.colors, clipped ? fill(W.clipped, clipped) : '', W.norm, W.counting]);
}

function title() {
  const words = fill(W.layer, state.layer) + W.comma + fill(W.head, state.head);
  const from = state.query < 0 ? '' : fill(W.from, name(state.query));
  return words[0].toUpperCase() + words.slice(1) + from;
}

// The steps of every key, those too that have no row.
function drawTable() {
  const details = the('values'), body = details?.querySelector('tbody');
  if (!details?.open) return;
  body.replaceChildren();
  for (const t of state.query < 0 ? [] : kept) {
    const row = body.insertRow(), name = row.appendChild(document.createElement('th'));
    name.scope = 'row';
    name.textContent = label(t) + nth(t);
    const [dot, score, ...rest] = [view.dots, view.scores, view.weights, view.lengths, view.norms].map(x => fixed(x[t], data.decimals));
    for (const text of [dot, score, '0', ...rest]) row.insertCell().textContent = text;
  }
}

// State ---------------------------------------------------

const STEPS = ['connectors', 'pinned', 'chips', 'chip-ticks', 'bars', 'bar-scale', 'steps', 'sums', 'scores'];

function draw() {
  clearTimeout(waiting);
  view = viewOf((state.layer - data.firstLayer) * data.heads + state.head);
  shownRows = view.rows;
  placeRows();
  if (state.query >= 0 && !document.activeElement.closest('#gaze-keys')) at = shownRows.indexOf(state.query);
  drawCells();
  Object.assign(view, drawNumbers());
  drawConnectors();
  drawLabels();
  for (const id of STEPS) set(the(id), { visibility: state.query < 0 ? 'hidden' : undefined });
  setText(the('readout'), readout());
  setText(the('caption'), caption());
  if (!data.titled) setText(the('heading'), title());
  for (const id of ['layer', 'head', 'query', 'special']) if (the(id)) the(id).value = state[id];
  the('sort').checked = state.sorted;
  drawTable();
  waiting = setTimeout(prepare, 200); // soon after it, the browser might not show the picture before all of it is done
}

// The tokens that have a part; hidden ones are no queries either.
function keep() {
  const all = data.nth.map((_, t) => t), rest = all.filter(t => state.special !== 'hide' || data.specials[t] === '0');
  kept = rest.length ? rest : all;
  shownRows = undefined;
  views = [];
  if (state.query >= 0 && !kept.includes(state.query)) state.query = kept[0];
  for (const option of the('query').options) option.hidden = option.disabled = !kept.includes(Number(option.value));
}

function change(values) {
  Object.assign(state, values);
  if (values.special) keep();
  if (!('layer' in values || 'head' in values)) views = [];
  draw();
  speak(the('readout').textContent);
  // The picture need not wait for the address.
  requestAnimationFrame(() => setTimeout(writeAddress, 0, {
    layer: state.layer, head: state.head, token: state.query, order: state.sorted ? 'sorted' : 'model', special: state.special }));
}

// A number of the address, if it is one of `count` from `first` on.
function within(text, first, count, otherwise) {
  const number = Number(text);
  return text && Number.isInteger(number) && number >= first && number < first + count ? number : otherwise;
}

function restore() {
  const address = readAddress(), query = Number(address.token);
  state.layer = within(address.layer, data.firstLayer, data.layers, state.layer);
  state.head = within(address.head, 0, data.heads, state.head);
  if (['show', 'dim', 'hide'].includes(address.special)) state.special = address.special;
  keep();
  if (address.token && (kept.includes(query) || query === -1)) state.query = query;
  if (address.order) state.sorted = address.order === 'sorted';
  draw();
}

function changeHead(step) {
  change({ head: (state.head + step + data.heads) % data.heads });
}

function changeLayer(step) {
  const { firstLayer, layers } = data;
  if (layers > 1) change({ layer: firstLayer + (state.layer - firstLayer + step + layers) % layers });
}

// Pointer and keys ----------------------------------------

// Under a point: row, column, place in a strip.
function placeAt(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(figure.getScreenCTM().inverse());
  const row = Math.floor((point.y - data.top) / data.pitch);
  const output = point.y >= outputY && point.y < outputY + data.height;
  for (const column of output ? [V] : [Q, KEY, P, V]) {
    const place = Math.floor((point.x - data.x[column]) / data.cell);
    if (place >= 0 && place < K) return { row: output ? -1 : row, column, place, output };
  }
  return { row, column: -1 };
}

function describe({ row, column, place, output }) {
  const i = view.places[place], t = shownRows[row];
  if (output) return state.query < 0 ? '' : fill(W.cellOutput, name(state.query), i, fixed(view.output[i], data.decimals));
  if (t === undefined || column < 0) return '';
  if (column === Q && !data.all && t !== state.query || column === P && state.query < 0) return '';
  return fill(W.cell[column], name(t), i, fixed(sourceOf(view, column)[t * K + i], data.decimals));
}

figure.onpointermove = event => setText(the('readout'), describe(placeAt(event)) || readout());
figure.onpointerleave = () => setText(the('readout'), readout());
figure.onclick = event => {
  const { row } = placeAt(event);
  if (row >= 0 && row < shownRows.length) change({ query: shownRows[row] });
};

function focusRow(row) {
  childrenOf('keys')[Math.max(0, Math.min(shownRows.length - 1, row))].focus();
}

the('keys').addEventListener('focusin', event => {
  at = [...childrenOf('keys')].indexOf(event.target);
  drawLabels();
});

function tellDimension(step) {
  dimension = Math.max(0, Math.min(K - 1, dimension + step));
  const text = [Q, KEY, P, V].map(column => describe({ row: at, column, place: dimension })).filter(Boolean).join('; ');
  setText(the('readout'), text);
  speak(text);
}

const KEYS = {
  ArrowDown: () => focusRow(at + 1), ArrowUp: () => focusRow(at - 1), Home: () => focusRow(0), End: () => focusRow(T),
  ArrowRight: () => tellDimension(1), ArrowLeft: () => tellDimension(-1),
  Enter: () => { change({ query: shownRows[at] }); focusRow(shownRows.indexOf(state.query)); },
};
KEYS[' '] = KEYS.Enter;
const ANYWHERE = {
  ',': () => changeHead(-1), '.': () => changeHead(1), '[': () => changeLayer(-1), ']': () => changeLayer(1),
  o: () => change({ sorted: !state.sorted }), '?': showHelp, Escape: () => change({ query: -1 }),
};

document.onkeydown = event => {
  if (event.ctrlKey || event.metaKey || event.altKey || the('help').open) return;
  const onRow = event.target.closest('#gaze-keys'), inField = event.target.closest('select, input, button');
  const action = onRow && KEYS[event.key] || !(inField && event.key !== 'Escape') && ANYWHERE[event.key];
  if (!action) return;
  event.preventDefault();
  action();
};
for (const id of ['layer', 'head', 'query']) the(id)?.addEventListener('change', ({ target }) => change({ [id]: Number(target.value) }));
the('special').onchange = ({ target }) => change({ special: target.value });
the('sort').onchange = ({ target }) => change({ sorted: target.checked });
the('values')?.addEventListener('toggle', drawTable);
window.onhashchange = restore;
restore();
