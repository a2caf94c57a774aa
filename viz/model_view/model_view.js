// The model view of a page: all heads sorted, special tokens dimmed or hidden, one head beside the grid, one link in all.

const words = data.words, figure = byId('gaze-figure'), thumbs = [...figure.querySelectorAll('.gaze-thumb')];
const N = data.tokens.length, LAYER = 0, HEAD = 1, VALUES = 2;
// Behind the heads stand the means of the layers.
const { headCount } = data;
const address = readAddress();
const state = { sort: data.sort, special: data.special, open: -1, from: '', to: '' };
const CONTROLS = Object.entries({ sort: 'sort', special: 'special', from: 'link-from', to: 'link-to' });
let focused = 0;

// Weights ----

const unpacked = new Map();

// At some 32 MB all are given up, and a head is soon unpacked again.
const isFull = () => unpacked.size * N * N > 1 << 25;

// (N,N) roots of a head of the grid; null where the page does not hold its layer.
function rootsAt(head) {
  const packed = data.weights[Math.floor(head / data.perLayer)];
  if (!packed) return null;
  if (isFull()) unpacked.clear();
  if (!unpacked.has(head)) unpacked.set(head, readRoots(packed[head % data.perLayer], N * N));
  return unpacked.get(head);
}

// Of a thumbnail: a head, or behind the heads the mean of a layer.
function weightsOf(index) {
  const one = index < headCount, first = one ? index : (index - headCount) * data.perLayer;
  const heads = Array.from({ length: one ? 1 : data.perLayer }, (_, h) => rootsAt(first + h));
  return heads[0] && meanOf(heads);
}

const kept = () => [...data.tokens.keys()].filter(i => state.special !== 'hide' || !data.tokens[i][1]);

function partOf(weights, list) {
  if (list.length === N) return weights;
  const out = new Float32Array(list.length * list.length);
  list.forEach((t, i) => list.forEach((s, j) => { out[i * list.length + j] = weights[t * N + s]; }));
  return out;
}

// Words ----

const nameOf = token => data.tokens[token][0];
// As gaze_sentence_name.
const quoted = ([label, , , nth]) => words.open + label + words.close + (nth ? fill(words.nth, nth) : '');
const linkText = (from, to) => words.from + quoted(data.tokens[from]) + words.to + quoted(data.tokens[to]) + words.is;

const headName = ([layer, head]) => fill(words.layer, layer) + words.comma + (head < 0 ? words.mean : fill(words.head, head));
const valuesText = head => data.valueNames.map((name, v) => name + ' ' + weightText(head[VALUES + v])).join(words.comma);

function readout(text) {
  byId('gaze-readout').textContent = text;
  speak(text);
}

// "[SEP] takes 2 to 62 % of the attention here (hidden)."
const caption = byId('gaze-caption').textContent;
const specials = [...data.tokens.keys()].filter(i => data.tokens[i][1]), kinds = [...new Set(specials.map(nameOf))];
const columnsOf = kinds.map(kind => specials.filter(s => nameOf(s) === kind));
// Of each head that is held, what each kind takes.
let shares = [];

// Heads are unpacked here, while nobody waits, so that one is there when it is chosen.
function noteShares(index) {
  const showing = state.special === 'show', a = index < headCount && !(showing && isFull()) ? weightsOf(index) : null, rows = kept();
  if (a && !showing) shares.push(columnsOf.map(columns =>
    rows.reduce((sum, t) => columns.reduce((part, s) => part + a[t * N + s], sum), 0) / rows.length));
}

function drawCaption() {
  const percent = x => fixed(100 * x, x >= 0.0005 && x < 0.0095 ? 1 : 0);
  const sentences = !shares.length ? [] : kinds.map((kind, k) => {
    const all = shares.map(list => list[k]), least = percent(Math.min(...all)), most = percent(Math.max(...all));
    return kind + words.takes + (least === most ? fill(words.percent, least) : fill(words.percent_range, least, most)) +
      words.of_it + (state.special === 'hide' ? words.hidden : words.dimmed);
  });
  byId('gaze-caption').textContent = [caption, ...sentences].join(' ');
}

// The grid ----

function drawOrder() {
  const sorted = state.sort !== 'layer', order = data.orders[state.sort];
  order.forEach((index, slot) => {
    const thumb = thumbs[index], [layer, head] = data.heads[index];
    const x = data.left + data.pitchX * (slot % data.columns), y = data.top + data.pitchY * Math.floor(slot / data.columns);
    set(thumb, { transform: `translate(${num(x)} ${num(y)})` });
    const name = thumb.querySelector('.gaze-name');
    if (name && !sorted) name.remove();
    if (!name && sorted && !data.named)
      thumb.append(svgElement('text', { class: 'gaze-muted gaze-name', x: 0, y: -5 }, fill(words.short_head, layer, head)));
  });
  set(figure.querySelector('.gaze-names'), { visibility: sorted ? 'hidden' : undefined });
  for (const mean of thumbs.slice(headCount)) set(mean, { visibility: sorted ? 'hidden' : undefined });
}

// Without scripts a thumbnail shows its part of the page's one picture. Here it has a picture of its own: that part, or its
// weights, where the page was written for that (it is smaller then) and where special tokens are hidden. hidden: of each
// whether its picture leaves those out.
const pictures = thumbs.map(thumb => thumb.querySelector('svg')), hidden = [];
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
  const hiding = state.special === 'hide', list = kept(), n = list.length, { side } = data;
  if (hidden[index] === hiding) return;
  const weights = n && (hiding || data.redrawn) ? weightsOf(index) : null;
  const dots = weights ? dotsOf(partOf(weights, list), n, n, Math.ceil(n / data.dots), data.scale) : spritePart(index);
  const picture = svgElement('image', { class: 'gaze-heat', width: side, height: side, preserveAspectRatio: 'none', href: bitmapOf(dots) });
  pictures[index].replaceWith(picture);
  pictures[index] = picture;
  hidden[index] = hiding;
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

// All thumbnails use this one.
function drawVeil() {
  const { side } = data, pitch = side / N;
  const d = specials.map(i => boxPath(0, pitch * i, side, pitch) + boxPath(pitch * i, 0, pitch, side)).join('');
  set(figure.querySelector('.gaze-veil'), { d: state.special === 'dim' ? d : '' });
  const border = figure.querySelector('.gaze-border');
  if (border) set(border, { visibility: state.special === 'hide' ? 'hidden' : undefined });
}

// A matrix with its labels, as its own figure ----

// An empty figure, the group of its cells, and what writes into it.
function sheet(width, height, label) {
  const svg = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, 'font-size': 12 });
  const heat = svgElement('g', { class: 'gaze-heat', style: 'image-rendering:pixelated' });
  svg.append(heat);
  return { svg, heat, text: (x, y, value, more) => svg.append(svgElement('text', { x: num(x), y: num(y), fill: 'currentColor', ...more }, value)) };
}

// Of labels that would touch each other those of the largest scores.
function apart(scores, step) {
  const taken = [];
  [...scores.keys()].sort((i, k) => scores[k] - scores[i]).forEach(i => {
    if (taken.every(k => Math.abs(k - i) >= step)) taken.push(i);
  });
  return taken;
}

const LABELS = 97, ABOVE = 102;

// Of each row and of each column the largest weight between different tokens.
function largestIn(weights, n) {
  const rows = new Float32Array(n), columns = new Float32Array(n);
  for (let t = 0; t < n; t++) for (let s = 0; s < n; s++) {
    const weight = t === s ? 0 : weights[t * n + s];
    if (weight > rows[t]) rows[t] = weight;
    if (weight > columns[s]) columns[s] = weight;
  }
  return [rows, columns];
}

// In at most `room` pixels: what is drawn, and what is to be said of it.
function labelled(weights, list, room) {
  const names = list.map(nameOf), n = names.length, name = headName(data.heads[state.open]);
  const pool = Math.ceil(n / room), dots = Math.ceil(n / pool), most = Math.min(room, 44 * n);
  const whole = dots * Math.floor(most / dots), side = pool > 1 || whole > 0.8 * most ? whole : most;
  const cell = side / dots / pool, step = Math.ceil(13 / cell);
  const { svg, heat, text } = sheet(LABELS + side + 30, ABOVE + side + 8, name);
  const short = i => names[i].length > 14 ? names[i].slice(0, 6) + '…' + names[i].slice(-6) : names[i];
  const middle = i => cell * (i + 0.5);
  const [rows, columns] = largestIn(weights, n);
  apart(rows, step).forEach(i => text(LABELS - 6, ABOVE + middle(i) + 4, short(i), { 'text-anchor': 'end' }));
  apart(columns, step).forEach(i => {
    const x = num(LABELS + middle(i) + 3);
    text(x, ABOVE - 6, short(i), { transform: `rotate(-60 ${x} ${ABOVE - 6})` });
  });
  text(LABELS, 12, words.attended_to);
  [words.attends_from, words.query].forEach((word, i) => text(LABELS - 6, ABOVE - 6 - 16 * i, word, { 'text-anchor': 'end' }));
  const href = bitmapOf(dotsOf(weights, n, n, pool, data.scale));
  const image = svgElement('image', { x: LABELS, y: ABOVE, width: side, height: side, preserveAspectRatio: 'none', href });
  heat.append(image);
  svg.append(svgElement('rect', { x: LABELS - 0.5, y: ABOVE - 0.5, width: side + 1, height: side + 1, fill: 'none', stroke: data.muted }));
  if (cell >= 28) weights.forEach((weight, i) => {
    const beside = weights.subarray(i - i % n, i - i % n + n);
    text(LABELS + middle(i % n), ABOVE + middle(Math.floor(i / n)) + 4, weightText(weight), onCell(levelOf(weight, data.scale, beside) >= 137));
  });
  image.addEventListener('pointermove', event => {
    const box = image.getBoundingClientRect(), place = at => Math.max(0, Math.min(n - 1, Math.floor(at * side / box.width / cell)));
    const t = place(event.clientY - box.top), s = place(event.clientX - box.left);
    readout(name + words.colon + linkText(list[t], list[s]) + fixed(weights[t * n + s], 4));
  });
  return [svg, [step > 1 && words.labels, pool > 1 && fill(words.pooled, pool, pool)].filter(Boolean)];
}

// Black or white, whichever the cell's colour lets one read.
const onCell = dark => ({ 'text-anchor': 'middle', fill: undefined, 'pointer-events': 'none', class: dark ? 'gaze-on-ink' : 'gaze-on-paper' });

// One head beside the grid ----

function paragraph(section, text, name = 'p') {
  const element = document.createElement(name);
  element.textContent = text;
  section.append(element);
}

function drawDetail() {
  const section = byId('gaze-detail');
  section.hidden = state.open < 0;
  // Asked before anything is written, so that nothing is laid out twice.
  const room = Math.max(160, Math.min(560, section.clientWidth - LABELS - 30));
  section.replaceChildren();
  thumbs.forEach((thumb, index) => set(thumb, { 'aria-pressed': String(index === state.open) }));
  if (state.open < 0) return;
  const head = data.heads[state.open], name = headName(head), list = kept(), weights = weightsOf(state.open);
  let notes = [words.not_held];
  paragraph(section, name, 'h2');
  if (weights) {
    const [svg, said] = labelled(partOf(weights, list), list, room);
    section.append(svg);
    notes = said;
  }
  [valuesText(head), ...notes].forEach(text => paragraph(section, text));
  readout(name + words.colon + (weights ? strongestText(weights, list) : valuesText(head)));
}

// The five strongest links between different tokens.
function strongestText(weights, list) {
  const links = [];
  for (const t of list) for (const s of list) {
    const w = weights[t * N + s];
    if (s === t || !(w > (links[4]?.w ?? -1))) continue;
    const at = links.findIndex(link => w > link.w);
    links.splice(at < 0 ? 5 : at, 0, { t, s, w });
    links.splice(5);
  }
  const five = links.map(({ t, s, w }) => linkText(t, s) + weightText(w));
  return words.strongest.trim() + ' ' + five.join(words.list_comma) + words.full_stop;
}

// One link in every head ----

function linkValues() {
  const from = Number(state.from), to = Number(state.to), others = kept().filter(t => t !== from), weights = [], differences = [];
  for (let i = 0; i < headCount; i++) {
    const roots = rootsAt(i), at = t => roots ? squares[roots[t * N + to]] : NaN, weight = at(from);
    weights.push(weight);
    differences.push(weight - others.reduce((sum, t) => sum + at(t), 0) / Math.max(others.length, 1));
  }
  return [weights, differences];
}

// From which on a map leaves .00 out, so that a page keeps below 5,000 elements.
const MANY_HEADS = 300;
const largestOf = values => values.reduce((best, value, i) => value > (values[best] ?? -Infinity) || Number.isNaN(values[best]) ? i : best, 0);

function linkMap(values, title, limit) {
  const held = [...Array(headCount / data.perLayer).keys()].filter(layer => data.weights[layer]), rows = held.length;
  const cell = 34, left = 60, top = 60, shapes = new Map(), right = left + cell * data.perLayer + 12;
  const { svg, heat, text } = sheet(right + 90, top + Math.max(cell * rows, data.legendHeight + 40) + 8, title);
  text(left, 14, title, { 'font-weight': 600 });
  text(left, 34, words.head_axis);
  text(left - 6, top - 6, words.layer_axis, { 'text-anchor': 'end' });
  svg.append(svgElement('use', { href: limit ? '#gaze-signed-bar' : '#gaze-bar', x: right - data.legend, y: top - data.top }));
  const placeOf = i => [left + cell * (i % data.perLayer), top + cell * held.indexOf(Math.floor(i / data.perLayer))];
  values.forEach((value, i) => {
    const [x, y] = placeOf(i);
    if (y < top) return;
    const first = i - i % data.perLayer, layer = values.slice(first, first + data.perLayer);
    const level = limit ? Math.max(1, Math.min(255, Math.floor(128.5 + 127 * value / limit))) : levelOf(value, data.scale, layer);
    const dark = limit ? Math.abs(level - 128) > 96 : level >= 137;
    const color = '#' + (limit ? data.signedRamp : data.ramp).slice(6 * level, 6 * level + 6), shape = boxPath(x, y, cell - 1, cell - 1);
    shapes.set(color, (shapes.get(color) ?? '') + shape);
    if (headCount <= MANY_HEADS || !(Math.abs(value) < 0.005))
      text(x + cell / 2, y + cell / 2 + 4, (value < -0.005 ? '-' : '') + weightText(Math.abs(value)), onCell(dark));
    if (i % data.perLayer === 0) text(left - 6, y + cell / 2 + 4, data.heads[i][LAYER], { 'text-anchor': 'end' });
    if (y === top) text(x + cell / 2, top - 6, data.heads[i][HEAD], { 'text-anchor': 'middle' });
  });
  shapes.forEach((d, fill) => heat.append(svgElement('path', { d, fill })));
  const [x, y] = placeOf(largestOf(values)).map(at => at - 1.5);
  svg.append(svgElement('rect', { x, y, width: cell + 2, height: cell + 2, fill: 'none', stroke: 'currentColor', 'stroke-width': 2.5 }));
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
    return fill(template, head[LAYER], head[HEAD], shortText(weights[i], 3), shortText(weights[i] - differences[i], 3));
  };
  paragraph(section, linkText(state.from, state.to).replace(/[:：] ?$/, ''), 'h2');
  [...byId('gaze-signed-bar').querySelectorAll('text')].slice(0, 3).forEach((text, i) => {
    text.textContent = (i > 1 ? '+' : '') + Number(fixed(limit * (i - 1), 3));
  });
  section.append(linkMap(weights, words.weight, 0), linkMap(differences, fill(words.difference, quoted(data.tokens[state.to])), limit));
  const text = sentence(words.largest, weights) + ' ' + sentence(words.largest_difference, differences);
  paragraph(section, text);
  readout(text);
}

// What the reader does ----

function keepAddress() {
  writeAddress(Object.fromEntries(Object.entries(state).filter(([, value]) => value !== '' && value !== -1)));
}

function drawAll() {
  drawOrder();
  drawSpecial();
  drawLink();
  drawDetail();
  keepAddress();
}

function focusThumb(index) {
  set(thumbs[focused], { tabindex: -1 });
  focused = index;
  set(thumbs[focused], { tabindex: 0 });
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
  if (byId('gaze-help').open) return;
  const order = data.orders[state.sort], slot = order.indexOf(focused);
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: data.columns, ArrowUp: -data.columns }[event.key];
  if (event.key === 'Escape' && state.open >= 0) {
    focusThumb(state.open);
    open(state.open);
  } else if (event.key === '?' && event.target.tagName !== 'SELECT') {
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
    set(thumb, { role: 'button', tabindex: index ? -1 : 0 });
    thumb.addEventListener('click', () => { focusThumb(index); open(index); });
    thumb.addEventListener('pointerenter', () => {
      if (state.open < 0) readout(headName(data.heads[index]) + words.colon + valuesText(data.heads[index]));
    });
  });
  for (const [name, id] of CONTROLS) byId(id).addEventListener('change', event => { state[name] = event.target.value; drawAll(); });
  document.addEventListener('keydown', onKey);
  // It scrolls where a window is low.
  set(byId('gaze-detail'), { tabindex: 0 });
}

// What stands in the address, where it is one of the choices.
function restore() {
  const isPlace = (text, count) => /^\d+$/.test(text ?? '') && Number(text) < count;
  if (Object.hasOwn(data.orders, address.sort)) state.sort = address.sort;
  if (['show', 'dim', 'hide'].includes(address.special)) state.special = address.special;
  if (isPlace(address.open, thumbs.length)) state.open = Number(address.open);
  for (const name of ['from', 'to']) if (isPlace(address[name], N)) state[name] = address[name];
  for (const [name, id] of CONTROLS) byId(id).value = state[name];
}

restore();
listen();
drawAll();
