// The text view of a page: the reader's choice (state) becomes weights, marks and words, by the rules of the C files
// beside this one. Nothing is built anew: marks, words and numbers are those that C drew.

const words = data.words, figure = byId('gaze-figure'), N = data.pieces.length, all = [...Array(N).keys()];
const marks = [...figure.querySelectorAll('.gaze-token')], texts = [...figure.querySelectorAll('.gaze-numbers text')];
const numbers = [...(byId('gaze-weights')?.children ?? [])], letters = byId('gaze-letters')?.children;
const [nameOf, isSpecial, segmentOf, widthOf, isAfterBlank, mayBreakBefore, quoted] = [0, 1, 2, 3, 4, 5, 6].map(k => i => data.pieces[i][k]);
const titles = marks.map(mark => mark.querySelector('title').textContent.replace(/[^:]*$/, ' ')); // "cat: "
const state = { layer: String(data.layer), head: data.head, received: data.received, special: data.special,
  renormalise: data.renormalise, pin: data.pin };
let focused = data.pin[0], matrix, matrixName, places, weights, end;

// Matrices ----

const layers = layersOf(data.weights, data.heads, N);

// A head, or what is made of all of them: (N,N).
function makeMatrix() {
  const { layer, head } = state, name = layer + ' ' + head;
  if (name !== matrixName) matrix = layers[layer].weightsOf(head);
  matrixName = name;
}

const visible = () => all.filter(i => state.special !== 'hide' || !isSpecial(i));

// The tokens whose mean is drawn: those that are pinned and not hidden.
function pinsNow() {
  const seen = visible(), pins = seen.filter(i => state.pin.includes(i));
  return pins.length ? pins : seen.slice(0, 1);
}

function weightsNow() {
  const a = matrix, seen = visible(), pins = pinsNow();
  const sumOf = t => state.renormalise ? seen.reduce((sum, s) => sum + a[t * N + s], 0) || 1 : 1;
  const sums = new Map((state.received ? seen : pins).map(t => [t, sumOf(t)]));
  const weight = (t, s) => a[t * N + s] / sums.get(t);
  const mean = i => pins.reduce((sum, pin) => sum + (state.received ? weight(i, pin) : weight(pin, i)), 0) / pins.length;
  return new Map(seen.map(i => [i, Math.fround(mean(i))]));
}

// Where the scale ends, as scale.c has it, and the marks of its bar ----

const series = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002];
const short = weight => String(weight).slice(1);

function scaleEnd(row) { // the least that no more than one weight in a thousand exceeds; 0: at 1
  const isTop = top => row.filter(weight => weight > top).length * 1000 <= row.length;
  return data.fit && series.slice(0, 6).reverse().find(isTop) || 0;
}

function ticksNow() { // [place, label], from 0 up
  if (!end) return data.ticks;
  const marks = series.filter(weight => weight <= end).map(weight => [Math.sqrt(weight / end), short(weight)]);
  return [[0, '0'], ...marks.filter(([at]) => at > 0.19).reverse().map(([at, label]) => [at, at === 1 ? '≥ ' + label : label])];
}

function drawLegend() {
  const bar = byId('gaze-bar'), group = bar.lastElementChild, names = [...group.children].slice(-2), x = data.legend + 14;
  const ticks = ticksNow().map(([at, label]) => ({ y: data.top + data.legendHeight * (1 - at), label }));
  set(bar.querySelector('path'), { d: ticks.map(({ y }) => `M${num(x)} ${num(y)}h4`).join('') });
  group.replaceChildren(...ticks.map(({ y, label }) => svgElement('text', { x: num(x + 7), y: num(y + 4) }, label)), ...names);
  names[1].textContent = end ? fill(words.fittedScale, short(end)) : words.scale;
}

// Places, as layout.c has them; in a window that is too narrow for those, shorter lines with the colour bar below ----

const widest = Math.max(...all.map(i => data.pieces[i][3]));
let room, slack, narrow;

function measureRoom() {
  const available = figure.parentNode.clientWidth;
  narrow = available < data.width;
  room = narrow ? Math.max(available - data.left - 4, widest) : data.room;
  slack = narrow ? 0 : data.slack;
}

function widthOfWord(seen, k) { // from the piece k to the next place where the line may break
  let width = widthOf(seen[k]);
  for (k++; k < seen.length && !mayBreakBefore(seen[k]); k++) width += data.touching + widthOf(seen[k]);
  return width;
}

// Whether everything to the end of its text fits the line after all.
function endsHere(seen, k, left) {
  for (let at = k; left >= 0; at++) {
    if (at === seen.length || segmentOf(seen[at]) !== segmentOf(seen[k])) return true;
    left -= widthOf(seen[at]) + data.blank;
  }
  return false;
}

function isFull(seen, k, x) { // whether a line that has come to x must end before the piece k
  const left = data.left + room - x, i = seen[k];
  const fits = widthOf(i) <= left && (!mayBreakBefore(i) || widthOfWord(seen, k) <= left);
  return x > data.left && !fits && !endsHere(seen, k, left + slack);
}

function placesOf(seen) {
  const out = new Map();
  let x = data.left, y = data.top, second = 0;
  seen.forEach((i, k) => {
    const newText = k > 0 && segmentOf(i) !== segmentOf(seen[k - 1]);
    if (newText || isFull(seen, k, x)) {
      x = data.left;
      y += data.line + (newText ? data.textGap : 0);
    }
    if (newText && !second) second = y;
    out.set(i, { x, y });
    x += widthOf(i) + (k + 1 < seen.length && !isAfterBlank(seen[k + 1]) ? data.touching : data.blank);
  });
  const end = y + data.line, legend = narrow ? end + 8 : data.top;
  return { at: out, second, legend, bottom: Math.max(end, data.legendEnd - data.top + legend) };
}

// Words ----

const readout = text => { byId('gaze-readout').textContent = text; speak(text); };
const join = sentences => sentences.reduce((text, s) => text + (text.endsWith('.') ? ' ' : '') + s, '');
const capital = text => text[0].toUpperCase() + text.slice(1);

function pinsText() {
  const pins = pinsNow(), named = pins.slice(0, 4).map(quoted).join(words.and);
  return (pins.length > 1 ? words.mean : '') + named + (pins.length > 4 ? fill(words.more, pins.length - 4) : '');
}

const fillName = (template, name) => template.split('{}').join(name);

function strongest() {
  const list = [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5);
  return list.map(([i, weight]) => quoted(i) + ' ' + weightText(weight)).join(words.and);
}

function titleText() {
  if (words.title) return words.title;
  const panel = capital(data.layerNames[state.layer] + words.comma + data.headNames[state.head]);
  return panel + words.colon + fillName(words.attends[Number(state.received)], pinsText());
}

// "[SEP] takes 62 % of this head (hidden)."
function shareTexts() {
  const kinds = state.special === 'show' ? [] : [...new Set(all.filter(isSpecial).map(nameOf))];
  const a = matrix, seen = visible(), one = Number(data.heads.includes(state.head));
  return kinds.map(kind => {
    const columns = all.filter(s => isSpecial(s) && nameOf(s) === kind);
    const mass = seen.reduce((sum, t) => columns.reduce((part, s) => part + a[t * N + s], sum), 0) / seen.length;
    const percent = fill(words.percent, fixed(100 * mass, mass >= 0.0005 && mass < 0.0095 ? 1 : 0));
    return kind + words.takes[one] + percent + words.ofIt[one] + (state.special === 'hide' ? words.hidden : words.dimmed);
  });
}

function captionText() {
  const way = Number(state.received), sum = [...weights.values()].reduce((a, b) => a + b, 0);
  return join([
    words.reading[way],
    pinsNow().length > 1 ? words.several : '',
    words.strongest + strongest() + words.fullStop,
    fill(words.sum[way], weightText(sum)),
    end ? fill(words.fitted, short(end)) : '',
    fill(words.cut, data.cut),
    words.joined,
    ...shareTexts(),
    state.renormalise ? words.renormalised : '',
    segmentOf(N - 1) > 0 ? words.segments : '',
    words.counting,
  ].filter(Boolean));
}

const readoutText = () => fillName(words.readout[Number(state.received)], pinsText()) + strongest();

// Drawing ----

const hiddenOr = (i, attributes) => places.at.has(i) ? { display: undefined, ...attributes } : { display: 'none' };

function drawPiece(i, row, pins) {
  const { x, y } = places.at.get(i) ?? {}, middle = x + widthOf(i) / 2, weight = weights.get(i) ?? 0;
  const level = levelOf(weight * (end ? 1 / end : 1), data.scale, row), ink = Number(data.inks[level]);
  const veiled = state.special === 'dim' && isSpecial(i);
  set(marks[i], { 'aria-pressed': String(pins.includes(i)), tabindex: i === focused ? 0 : -1 });
  set(marks[i], hiddenOr(i, { x: num(x), y: num(y), fill: rampColor(level), 'fill-opacity': veiled ? 0.7 : undefined }));
  set(texts[i], hiddenOr(i, { x: num(middle), y: num(y + 17.5), fill: ink & 1 ? '#000000' : '#ffffff',
    class: ink & 2 ? 'gaze-black' : undefined }));
  marks[i].querySelector('title').textContent = titles[i] + fixed(weight, 4);
  if (!numbers.length) return;
  set(numbers[i], hiddenOr(i, { x: num(middle), y: num(y + data.mark + 15) }));
  numbers[i].textContent = weightText(weight);
}

function drawFrame() {
  const box = i => boxPath(places.at.get(i).x - 1.5, places.at.get(i).y - 1.5, widthOf(i) + 3, data.mark + 3);
  const width = num(narrow ? data.left + room + 4 : data.width), height = num(places.bottom + 16);
  set(byId('gaze-frames'), { d: pinsNow().map(box).join('') });
  set(figure, { width, height, viewBox: `0 0 ${width} ${height}` });
  set(figure.querySelector('.gaze-paper'), { width, height });
  const beside = `translate(${num(data.left - data.legend)} ${num(places.legend - data.top)})`;
  set(byId('gaze-bar'), { transform: narrow ? beside : undefined });
  if (letters) set(letters[1], { y: num(places.second + 17) });
}

function drawAll() {
  measureRoom();
  places = placesOf(visible());
  makeMatrix();
  weights = weightsNow();
  if (!places.at.has(focused)) [focused] = pinsNow();
  const row = [...weights.values()], pins = pinsNow();
  end = scaleEnd(row);
  all.forEach(i => drawPiece(i, row, pins));
  drawFrame();
  drawLegend();
  byId('gaze-heading').textContent = document.title = titleText();
  byId('gaze-caption').textContent = captionText();
  for (const name of ['layer', 'head', 'special']) byId(name).value = state[name];
  byId('direction').value = state.received ? 'to' : 'from';
  byId('renormalise').checked = state.renormalise;
  readout(readoutText());
}

// The address ----

function keepAddress() {
  const { layer, head, special, pin } = state;
  writeAddress({ layer, head, direction: state.received ? 'to' : 'from', special, renormalise: Number(state.renormalise), token: pin });
}

function restore() {
  const { layer, head, direction, special, renormalise, token } = readAddress();
  const pin = (token ?? '').split(',').filter(t => /^\d{1,5}$/.test(t) && Number(t) < N).map(Number);
  if (Object.keys(data.weights).includes(layer)) state.layer = layer;
  if (Object.keys(data.headNames).includes(head)) state.head = head;
  if (['from', 'to'].includes(direction)) state.received = direction === 'to';
  if (['show', 'dim', 'hide'].includes(special)) state.special = special;
  if (['0', '1'].includes(renormalise)) state.renormalise = renormalise === '1';
  if (pin.length) state.pin = [...new Set(pin)];
  focused = state.pin[0];
}

// What a reader does ----

function change(values) {
  Object.assign(state, values);
  drawAll();
  keepAddress();
}

function choose(i, adding) {
  const { pin } = state, less = pin.filter(p => p !== i);
  focused = i;
  change({ pin: !adding ? [i] : !pin.includes(i) ? [...pin, i] : less.length ? less : pin });
}

function focusOn(i) {
  set(marks[focused], { tabindex: -1 });
  focused = i;
  set(marks[i], { tabindex: 0 });
  marks[i].focus();
  speak(marks[i].querySelector('title').textContent);
}

// Left and right in the order of the text; up and down to the nearest of the line above or below.
function neighbour(key) {
  const seen = visible(), k = seen.indexOf(focused), step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return seen[k + step];
  const { x, y } = places.at.get(focused), down = key === 'ArrowDown', lines = [...new Set(seen.map(i => places.at.get(i).y))];
  const line = lines[lines.indexOf(y) + (down ? 1 : -1)], near = i => Math.abs(places.at.get(i).x - x);
  return seen.filter(i => places.at.get(i).y === line).sort((a, b) => near(a) - near(b))[0];
}

function step(name, by) { // of a select, to the option beside it
  const options = [...byId(name).options].map(option => option.value);
  const next = options[options.indexOf(state[name]) + by];
  if (next !== undefined) change({ [name]: next });
}

function onKey(event) {
  const { key, target } = event, onToken = marks.includes(target);
  if (byId('gaze-help').open || /^(SELECT|INPUT)$/.test(target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (onToken) focused = marks.indexOf(target);
  if (onToken && (key === 'Enter' || key === ' ')) choose(focused, event.shiftKey);
  else if (onToken && key.startsWith('Arrow')) focusOn(neighbour(key) ?? focused);
  else if (key === '[' || key === ']') step('layer', key === '[' ? -1 : 1);
  else if (key === ',' || key === '.') step('head', key === ',' ? -1 : 1);
  else if (key === 't') change({ received: !state.received });
  else if (key === '?') showHelp();
  else return;
  event.preventDefault();
}

function listen() {
  marks.forEach((mark, i) => {
    mark.addEventListener('click', event => choose(i, event.shiftKey));
    mark.addEventListener('pointerenter', () => readout(mark.querySelector('title').textContent));
    mark.addEventListener('pointerleave', () => readout(readoutText()));
  });
  for (const name of ['layer', 'head', 'special'])
    byId(name).addEventListener('change', event => change({ [name]: event.target.value }));
  byId('direction').addEventListener('change', event => change({ received: event.target.value === 'to' }));
  byId('renormalise').addEventListener('change', event => change({ renormalise: event.target.checked }));
  document.addEventListener('keydown', onKey);
  window.addEventListener('resize', drawAll);
  window.addEventListener('hashchange', () => { restore(); drawAll(); });
}

restore();
listen();
drawAll();
workLater(Object.values(layers).flatMap(layer => layer.jobs));
