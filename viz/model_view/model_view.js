// The model view of a page: all heads sorted, special tokens dimmed or hidden, one head beside the grid, one link in all.

const words = data.words, figure = byId('gaze-figure'), thumbs = [...figure.querySelectorAll('.gaze-thumb')];
const N = data.tokens.length, LAYER = 0, HEAD = 1, VALUES = 2;
const { headCount } = data; // behind the heads stand the means of the layers
const address = readAddress();
const state = { sort: data.sort, special: data.special, open: -1, from: '', to: '' };
let focused = 0;

// Weights ----

const unpacked = new Map();

function layerWeights(place, h) { // (N,N) of head h of the grid's layer `place`; null where the page does not hold it
  const packed = data.weights[place], key = place + ' ' + h;
  if (!packed) return null;
  if (unpacked.size * N * N > 1 << 23) unpacked.clear(); // some 32 MB, and a head is soon unpacked again
  if (!unpacked.has(key)) unpacked.set(key, readWeights(packed[h], N * N, data.bits));
  return unpacked.get(key);
}

// Of a thumbnail: a head, or behind the heads the mean of a layer.
function weightsOf(index) {
  if (index < headCount) return layerWeights(Math.floor(index / data.perLayer), index % data.perLayer);
  const sum = new Float32Array(N * N);
  for (let h = 0; h < data.perLayer; h++) {
    const a = layerWeights(index - headCount, h);
    if (!a) return null;
    for (let i = 0; i < sum.length; i++) sum[i] += a[i] / data.perLayer;
  }
  return sum;
}

const kept = () => data.tokens.map((_, i) => i).filter(i => state.special !== 'hide' || !data.tokens[i][1]);

function partOf(weights, list) {
  if (list.length === N) return weights;
  const out = new Float32Array(list.length * list.length);
  list.forEach((t, i) => list.forEach((s, j) => { out[i * list.length + j] = weights[t * N + s]; }));
  return out;
}

// Words ----

const nameOf = token => data.tokens[token][0];
const quoted = ([label, , , nth]) => words.open + label + words.close + (nth ? fill(words.nth, nth) : ''); // gaze_sentence_name
const linkText = (from, to) => words.from + quoted(data.tokens[from]) + words.to + quoted(data.tokens[to]) + words.is;

function headName([layer, head]) {
  return fill(words.layer, layer) + words.comma + (head < 0 ? words.mean : fill(words.head, head));
}

function valuesText(head) {
  return data.valueNames.map((name, v) => name + ' ' + fixed(head[VALUES + v], 2)).join(words.comma);
}

function readout(text) {
  byId('gaze-readout').textContent = text;
  speak(text);
}

// "[SEP] takes 2 to 62 % of the attention here (hidden)."
const caption = byId('gaze-caption').textContent;
const kinds = [...new Set(data.tokens.filter(token => token[1]).map(token => token[0]))];
const columnsOf = kinds.map(kind => [...Array(N).keys()].filter(s => data.tokens[s][1] && nameOf(s) === kind));
let shares = []; // of each head that is held, what each kind takes

function noteShares(index) {
  const a = state.special !== 'show' && index < headCount ? weightsOf(index) : null, rows = kept();
  if (a) shares.push(columnsOf.map(columns =>
    rows.reduce((sum, t) => columns.reduce((part, s) => part + a[t * N + s], sum), 0) / rows.length));
}

function drawCaption() {
  const percent = x => fixed(100 * x, x >= 0.0005 && x < 0.0095 ? 1 : 0);
  const sentences = shares.length === 0 ? [] : kinds.map((kind, k) => {
    const all = shares.map(list => list[k]), least = percent(Math.min(...all)), most = percent(Math.max(...all));
    return kind + words.takes + (least === most ? fill(words.percent, least) : fill(words.percent_range, least, most)) +
      words.of_it + (state.special === 'hide' ? words.hidden : words.dimmed);
  });
  byId('gaze-caption').textContent = [caption, ...sentences].join(' ');
}

// The grid ----

const orderNow = () => data.orders[state.sort];

function placeOf(slot) {
  return [data.left + data.pitchX * (slot % data.columns), data.top + data.pitchY * Math.floor(slot / data.columns)];
}

function drawOrder() {
  const sorted = state.sort !== 'layer', order = orderNow();
  order.forEach((index, slot) => {
    const thumb = thumbs[index], [x, y] = placeOf(slot), [layer, head] = data.heads[index];
    setAttributes(thumb, { transform: `translate(${num(x)} ${num(y)})` });
    const name = thumb.querySelector('.gaze-name');
    if (name && !sorted) name.remove();
    if (!name && sorted && !data.named)
      thumb.append(svgElement('text', { class: 'gaze-muted gaze-name', x: 0, y: -5 }, fill(words.short_head, layer, head)));
  });
  setAttributes(figure.querySelector('.gaze-names'), { visibility: sorted ? 'hidden' : undefined });
  for (const mean of thumbs.slice(headCount)) setAttributes(mean, { visibility: sorted ? 'hidden' : undefined });
}

// Without scripts a thumbnail shows its part of the page's one picture. Here it has a picture of its own: that part, or its
// weights, where the page was written for that (it is smaller then) and where special tokens are hidden.
const pictures = thumbs.map(thumb => thumb.querySelector('svg')), shown = thumbs.map(() => '');
const corners = pictures.map(picture => picture.getAttribute('viewBox').split(' ').map(Number));
let sprite = null;

// As viz/png.c writes it: a palette, and each row but the first less the row above.
function readSprite() {
  const png = bytesOf(byId('gaze-sprite').getAttribute('xlink:href').split(',')[1]), view = new DataView(png.buffer);
  const line = view.getUint32(16) + 1, size = view.getUint32(33), bytes = inflate(png.subarray(53 + size), line * view.getUint32(20));
  for (let i = line; i < bytes.length; i++) if (i % line) bytes[i] += bytes[i - line];
  return { bytes, line, ramp: [...png.subarray(41, 41 + size)].map(byte => byte.toString(16).padStart(2, '0')).join('') };
}

function spritePart(index) {
  const [left, top, side] = corners[index], levels = new Uint8Array(side * side), { bytes, line, ramp } = sprite ??= readSprite();
  for (let y = 0; y < side; y++) levels.set(bytes.subarray((top + y) * line + 1 + left, (top + y) * line + 1 + left + side), y * side);
  return { levels, rows: side, columns: side, ramp };
}

function drawPicture(index) {
  const wanted = state.special === 'hide' ? 'hide' : 'all';
  if (shown[index] === wanted) return;
  const list = kept(), n = list.length, weights = n && (wanted === 'hide' || data.redrawn) ? weightsOf(index) : null;
  const dots = weights ? dotsOf(partOf(weights, list), n, n, Math.ceil(n / data.dots), data.scale) : spritePart(index);
  if (!shown[index]) {
    const { side } = data, image = svgElement('image', { class: 'gaze-heat', width: side, height: side, preserveAspectRatio: 'none' });
    pictures[index].replaceWith(image);
    pictures[index] = image;
  }
  setAttributes(pictures[index], { href: bitmapOf(dots) });
  shown[index] = wanted;
}

// Some at a time, so that the page is seen first and answers meanwhile; then what they say together.
let drawing = 0, pictured = '';

function drawPictures(from) {
  let index = from;
  for (const until = performance.now() + 12; index < thumbs.length && performance.now() < until; index++) {
    drawPicture(index);
    noteShares(index);
  }
  if (index < thumbs.length) drawing = setTimeout(drawPictures, 0, index);
  else {
    drawCaption();
    figure.setAttribute('data-drawn', state.special);
  }
}

function drawSpecial() {
  drawVeil();
  if (pictured === state.special) return;
  pictured = state.special;
  shares = [];
  clearTimeout(drawing);
  drawing = setTimeout(drawPictures, 0, 0);
}

function veilPath(x, y) {
  const { side } = data, pitch = side / N, special = [...Array(N).keys()].filter(i => data.tokens[i][1]);
  return special.map(i => boxPath(x, y + pitch * i, side, pitch) + boxPath(x + pitch * i, y, pitch, side)).join('');
}

function drawVeil() { // all thumbnails use this one
  setAttributes(figure.querySelector('.gaze-veil'), { d: state.special === 'dim' ? veilPath(0, 0) : '' });
  const border = figure.querySelector('.gaze-border');
  if (border) setAttributes(border, { visibility: state.special === 'hide' ? 'hidden' : undefined });
}

// A matrix with its labels, as its own figure ----

// An empty figure, the group of its cells, and what writes into it.
function sheet(width, height, label) {
  const svg = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, 'font-size': 12 });
  const heat = svgElement('g', { class: 'gaze-heat', style: 'image-rendering:pixelated' });
  svg.append(heat);
  return { svg, heat, text: (x, y, value, more) => svg.append(svgElement('text', { x: num(x), y: num(y), fill: 'currentColor', ...more }, value)) };
}

function labelled(weights, names, side, describe) {
  const n = names.length, cell = side / n, step = Math.ceil(13 / cell), left = 96, top = 84;
  const { svg, heat, text } = sheet(left + side + 40, top + side + 8, headName(data.heads[state.open]));
  names.forEach((name, i) => {
    if (i % step) return;
    const middle = cell * (i + 0.5), short = name.length > 14 ? name.slice(0, 6) + '…' + name.slice(-6) : name;
    text(left - 6, top + middle + 4, short, { 'text-anchor': 'end' });
    text(left + middle + 3, top - 6, short, { transform: `rotate(-60 ${num(left + middle + 3)} ${top - 6})` });
  });
  const image = svgElement('image', { x: left, y: top, width: side, height: side, preserveAspectRatio: 'none' });
  image.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', bitmapOf(dotsOf(weights, n, n, 1, data.scale)));
  heat.append(image);
  svg.append(svgElement('rect', { x: left - 0.5, y: top - 0.5, width: side + 1, height: side + 1, fill: 'none', stroke: data.muted }));
  if (cell >= 28) weights.forEach((weight, i) => {
    const row = weights.subarray(i - i % n, i - i % n + n);
    const x = left + cell * (i % n + 0.5), y = top + cell * (Math.floor(i / n) + 0.5) + 4;
    text(x, y, weightText(weight), onCell(levelOf(weight, data.scale, row) >= 137));
  });
  svg.addEventListener('pointermove', event => {
    const box = image.getBoundingClientRect();
    const s = Math.floor((event.clientX - box.left) / box.width * n), t = Math.floor((event.clientY - box.top) / box.height * n);
    if (s >= 0 && s < n && t >= 0 && t < n) describe(t, s);
  });
  return svg;
}

// Black or white, whichever the cell's colour lets one read.
const onCell = dark => ({ 'text-anchor': 'middle', fill: undefined, 'pointer-events': 'none', class: dark ? 'gaze-on-ink' : 'gaze-on-paper' });

// One head beside the grid ----

function heading(section, text) {
  const title = document.createElement('h2');
  title.textContent = text;
  section.append(title);
}

function drawDetail() {
  const section = byId('gaze-detail');
  section.replaceChildren();
  section.hidden = state.open < 0;
  thumbs.forEach((thumb, index) => setAttributes(thumb, { 'aria-pressed': String(index === state.open) }));
  if (state.open < 0) return;
  const head = data.heads[state.open], list = kept(), weights = weightsOf(state.open);
  heading(section, headName(head));
  if (weights) {
    const part = partOf(weights, list), names = list.map(nameOf), n = names.length;
    const side = n * Math.max(1, Math.floor(Math.min(520, 44 * n) / n));
    const say = (t, s) => readout(headName(head) + words.colon + linkText(list[t], list[s]) + fixed(part[t * n + s], 4));
    section.append(labelled(part, names, side, say));
  }
  const note = document.createElement('p');
  note.textContent = weights ? valuesText(head) : words.not_held + ' ' + valuesText(head);
  section.append(note);
  readout(headName(head) + words.colon + (weights ? strongestText(weights, list) : valuesText(head)));
}

// The five strongest links between different tokens.
function strongestText(weights, list) {
  const links = [];
  for (const t of list) for (const s of list) {
    const w = weights[t * N + s];
    if (s === t || links.length === 5 && !(w > links[4].w)) continue;
    const at = links.findIndex(link => w > link.w);
    links.splice(at < 0 ? links.length : at, 0, { t, s, w });
    links.length = Math.min(links.length, 5);
  }
  const five = links.map(({ t, s, w }) => linkText(t, s) + weightText(w));
  return words.strongest.trim() + ' ' + five.join(words.list_comma) + words.full_stop;
}

// One link in every head ----

function linkValues() {
  const from = Number(state.from), to = Number(state.to), weights = [], differences = [];
  for (let i = 0; i < headCount; i++) {
    const a = layerWeights(Math.floor(i / data.perLayer), i % data.perLayer);
    let others = 0;
    if (a) kept().forEach(t => { if (t !== from) others += a[t * N + to]; });
    const weight = a ? a[from * N + to] : NaN;
    weights.push(weight);
    differences.push(weight - others / Math.max(kept().length - 1, 1));
  }
  return [weights, differences];
}

const MANY_HEADS = 300; // from which on a map leaves .00 out, so that a page keeps below 5,000 elements
const largestOf = values => values.reduce((best, value, i) => value > (values[best] ?? -Infinity) || Number.isNaN(values[best]) ? i : best, 0);

function linkMap(values, title, limit) {
  const held = [...Array(headCount / data.perLayer).keys()].filter(layer => data.weights[layer]), rows = held.length;
  const cell = 34, most = largestOf(values), left = 60, top = 40, shapes = new Map();
  const { svg, heat, text } = sheet(left + cell * data.perLayer + 8, top + cell * rows + 8, title);
  text(left, 14, title, { 'font-weight': 600 });
  values.forEach((value, i) => {
    const row = held.indexOf(Math.floor(i / data.perLayer)), x = left + cell * (i % data.perLayer), y = top + cell * row;
    if (row < 0) return;
    const level = limit ? Math.max(1, Math.min(255, Math.floor(128.5 + 127 * value / limit))) : levelOf(value, data.scale, [value]);
    const ramp = limit ? data.signedRamp : data.ramp;
    const dark = limit ? Math.abs(level - 128) > 96 : level >= 137;
    const color = '#' + ramp.slice(6 * level, 6 * level + 6), shape = boxPath(x, y, cell - 1, cell - 1);
    shapes.set(color, (shapes.get(color) ?? '') + shape);
    if (headCount <= MANY_HEADS || !(Math.abs(value) < 0.005))
      text(x + cell / 2, y + cell / 2 + 4, (value < -0.005 ? '-' : '') + weightText(Math.abs(value)), onCell(dark));
    if (i % data.perLayer === 0) text(left - 6, y + cell / 2 + 4, data.heads[i][LAYER], { 'text-anchor': 'end' });
    if (row === 0) text(x + cell / 2, top - 6, data.heads[i][HEAD], { 'text-anchor': 'middle' });
  });
  shapes.forEach((d, fill) => heat.append(svgElement('path', { d, fill })));
  svg.append(svgElement('rect', { x: left + cell * (most % data.perLayer) - 1.5, y: top + cell * held.indexOf(Math.floor(most / data.perLayer)) - 1.5,
    width: cell + 2, height: cell + 2, fill: 'none', stroke: 'currentColor', 'stroke-width': 2.5 }));
  return svg;
}

function drawLink() {
  const section = byId('gaze-link'), chosen = state.from !== '' && state.to !== '';
  section.replaceChildren();
  section.hidden = !chosen;
  if (!chosen) return;
  const [weights, differences] = linkValues(), finite = differences.filter(x => !Number.isNaN(x)).map(Math.abs);
  const limit = Math.max(...finite) || 1, sentence = (template, values) => {
    const i = largestOf(values), head = data.heads[i];
    return fill(template, head[LAYER], head[HEAD], fixed(weights[i], 3), fixed(weights[i] - differences[i], 3));
  };
  heading(section, linkText(state.from, state.to).replace(/[:：] ?$/, ''));
  section.append(linkMap(weights, words.weight, 0), linkMap(differences, words.difference, limit));
  const text = sentence(words.largest, weights) + ' ' + sentence(words.largest_difference, differences);
  const note = document.createElement('p');
  note.textContent = text;
  section.append(note);
  readout(text);
}

// What the reader does ----

function keepAddress() {
  const values = { sort: state.sort, special: state.special };
  if (state.open >= 0) values.open = state.open;
  if (state.from !== '') values.from = state.from;
  if (state.to !== '') values.to = state.to;
  writeAddress(values);
}

function drawAll() {
  drawOrder();
  drawSpecial();
  drawLink();
  drawDetail();
  keepAddress();
}

function focusThumb(index) {
  setAttributes(thumbs[focused], { tabindex: -1 });
  focused = index;
  setAttributes(thumbs[focused], { tabindex: 0 });
  thumbs[focused].focus();
}

function open(index) {
  const before = state.open;
  state.open = index === before ? -1 : index;
  drawDetail();
  keepAddress();
  if (state.open < 0) readout(words.hint);
  else byId('gaze-detail').scrollIntoView({ block: 'nearest' });
}

function onKey(event) {
  const order = orderNow(), slot = order.indexOf(focused), typing = /^(SELECT|INPUT)$/.test(event.target.tagName);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: data.columns, ArrowUp: -data.columns }[event.key];
  if (event.key === 'Escape' && state.open >= 0) {
    const index = state.open;
    open(index);
    focusThumb(index);
  } else if (event.key === '?' && !typing) {
    showHelp();
  } else if (event.target.classList?.contains('gaze-thumb')) {
    if (event.key === 'Enter' || event.key === ' ') open(thumbs.indexOf(event.target));
    else if (step && order[slot + step] !== undefined) focusThumb(order[slot + step]);
    else return;
  } else return;
  event.preventDefault();
}

function listen() {
  thumbs.forEach((thumb, index) => {
    setAttributes(thumb, { role: 'button', tabindex: index ? -1 : 0 });
    thumb.addEventListener('click', () => { focusThumb(index); open(index); });
    thumb.addEventListener('pointerenter', () => {
      if (state.open < 0) readout(headName(data.heads[index]) + words.colon + valuesText(data.heads[index]));
    });
  });
  for (const [id, name] of [['sort', 'sort'], ['special', 'special'], ['link-from', 'from'], ['link-to', 'to']])
    byId(id).addEventListener('change', event => { state[name] = event.target.value; drawAll(); });
  document.addEventListener('keydown', onKey);
  setAttributes(byId('gaze-detail'), { tabindex: 0 }); // it scrolls where a window is low
}

// What stands in the address, where it is one of the choices.
function restore() {
  const isToken = text => /^\d+$/.test(text ?? '') && Number(text) < N;
  if (Object.keys(data.orders).includes(address.sort)) state.sort = address.sort;
  if (['show', 'dim', 'hide'].includes(address.special)) state.special = address.special;
  if (/^\d+$/.test(address.open ?? '') && Number(address.open) < thumbs.length) state.open = Number(address.open);
  if (isToken(address.from)) state.from = address.from;
  if (isToken(address.to)) state.to = address.to;
  byId('sort').value = state.sort;
  byId('special').value = state.special;
  byId('link-from').value = state.from;
  byId('link-to').value = state.to;
}

restore();
listen();
drawAll();
if (state.open < 0 && byId('gaze-link').hidden) readout(words.hint);
