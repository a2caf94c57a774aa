// The head view of a page: the reader's choice (state) becomes matrices, lines and words, by the rules of the C files
// beside this one. What depends on unit, filter and layout alone is a scene: C has laid it out, and drawn what stands
// still in it (page_scenes.c).

const words = data.words, T = data.token.length, figure = byId('gaze-figure'), part = name => figure.querySelector('.gaze-' + name);
const say = (id, text) => { byId('gaze-' + id).textContent = text; }, speakReadout = () => speak(byId('gaze-readout').textContent);
const OTHER = { from: 'to', to: 'from' }, GROUPS = { from: part('queries'), to: part('keys') };
const state = { ...data.state }, sorted = list => [...list].sort((a, b) => a - b), sumOf = list => list.reduce((a, b) => a + b, 0);
const stripHeads = data.heads.slice(0, 16);
let scene, preview = null, drawn = 0;

// Matrices ------------------------------------------------------------------------------------------------

const unpacked = {}, matrixOf = head => unpacked[state.layer + ' ' + head]; // (T,T)

// When it is first asked for.
async function unpack(layer, head) {
  const key = layer + ' ' + head, packed = new Blob([bytesOf(data.weights[layer][data.heads.indexOf(head)])]);
  const bytes = await new Response(packed.stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
  unpacked[key] = squaresOf(new Uint8Array(bytes), T * T, data.bits);
}

// The strip shows the first heads beside those that are chosen.
function unpackNeeded() {
  const heads = data.scenes[sceneId()].hasStrip ? [...new Set([...stripHeads, ...state.heads])] : state.heads;
  return Promise.all(heads.filter(head => !matrixOf(head)).map(head => unpack(state.layer, head)));
}

// Tokens, or words made of them: sum over the pieces attended to, mean over those that attend.
function join(a) {
  const out = new Float32Array(scene.units.length ** 2);
  let at = 0;
  if (state.unit === 'token') return a;
  for (const w of scene.units)
    for (const v of scene.units) {
      let sum = 0;
      for (let t = w.start; t < w.end; t++)
        for (let s = v.start; s < v.end; s++) sum += a[t * T + s];
      out[at++] = sum / (w.end - w.start);
    }
  return out;
}

function reduced(list, max) {
  const out = new Float64Array(list[0].length);
  for (const a of list)
    for (let i = 0; i < out.length; i++) out[i] = max ? Math.max(out[i], a[i]) : out[i] + a[i];
  return Float32Array.from(max ? out : out.map(sum => sum / list.length));
}

// What more than six heads are drawn as.
const modeNow = () => state.mode === 'each' && state.heads.length > data.colors.length ? 'mean' : state.mode;

function joinedPanels() {
  const list = state.heads.map(matrixOf), mode = modeNow();
  if (!list.length || mode === 'each') return list.map(join);
  return [mode === 'mean' ? join(reduced(list)) : reduced(list.map(join), true)];
}

// The rows and columns that are shown, each divided by its sum where that is asked for.
function shownPart(a) {
  const { from, to, units } = scene, out = new Float32Array(from.length * to.length);
  let at = 0;
  for (const row of from) {
    const begin = at;
    let sum = 0;
    for (const column of to) sum += out[at++] = a[row.index * units.length + column.index];
    for (let i = begin; i < at && state.renormalise && sum > 0; i++) out[i] /= sum;
  }
  return out;
}

// Scenes --------------------------------------------------------------------------------------------------

const sceneId = () => [state.unit, state.special === 'hide' ? 'hide' : 'show', state.filter, state.layout].join('-');

function enterScene() {
  const { unit, special, filter } = state, id = sceneId();
  if (scene?.id === id) return;
  const units = data[unit], kept = units.filter(one => special !== 'hide' || !one.special);
  const side = letter => kept.filter(one => filter === 'all' || one.segment === 'ab'.indexOf(letter));
  scene = { id, ...data.scenes[id], units, kept, from: side(filter[0]), to: side(filter[1]), still: byId(id).content.cloneNode(true),
    texts: byId(`gaze-${unit}s`).content.querySelectorAll('text') };
  for (const name of ['headings', 'marks']) part(name).replaceWith(scene.still.querySelector('.gaze-' + name));
  for (const group of Object.values(GROUPS)) group.replaceChildren();
  setAttributes(GROUPS.from, { 'text-anchor': scene.horizontal ? null : 'end' });
  setAttributes(GROUPS.to.parentNode, { 'font-size': scene.font });
  setAttributes(part('legend'), { transform: scene.legend });
  setAttributes(figure, { ...scene.size, viewBox: scene.viewBox });
  setAttributes(part('paper'), scene.size);
}

const point = (along, across) => scene.horizontal ? [along, across] : [across, along];
const middleOf = place => scene.start + scene.pitch * (place + 0.5);

function fillScene() {
  scene.joined = joinedPanels();
  scene.panels = scene.joined.map(shownPart);
  scene.strip = null;
  scene.edges = chooseEdges(scene.panels, scene.from.length, scene.to.length, state.mass / 100);
}

const stripMatrices = () => scene.strip ??= stripHeads.map(head => shownPart(join(matrixOf(head))));

// Pins: what is looked at now, by hand or by the mouse, as { side, list of places in that column } -----------

function pinsNow() {
  const places = state.pin.map(token => scene[state.side].findIndex(unit => unit.start <= token && token < unit.end));
  return preview ?? { side: state.side, list: [...new Set(places)].filter(place => place >= 0) };
}

// What each token of the other side has to do with the pinned ones: the mean over them.
function pinnedWeights(panel, { side, list }) {
  const C = scene.to.length;
  return scene[OTHER[side]].map((_, i) => sumOf(list.map(pin => side === 'to' ? panel[i * C + pin] : panel[pin * C + i])) / list.length);
}

// Words ---------------------------------------------------------------------------------------------------

function titleText() {
  const { heads } = state, mode = modeNow(), list = heads.join(', '), last = heads[heads.length - 1];
  let head = words.no_head;
  if (data.title !== null) return data.title;
  if (heads.length && mode !== 'each') head = words['head_' + mode] + (heads.length === data.modelHeads ? '' : ` (${list})`);
  else if (heads.length === 1) head = fill(words.head, last);
  else if (heads.length) head = last - heads[0] + 1 === heads.length ? fill(words.heads, heads[0], last) : fill(words.heads_listed, list);
  const title = fill(words.layer, state.layer) + words.comma + head;
  return title[0].toUpperCase() + title.slice(1);
}

// 'it' attends to: 'cat' .49; '[CLS]' .20; 'mat' .14; 'the' .04; rest .12.
function readoutText(pins) {
  const { panels } = scene, others = scene[OTHER[pins.side]];
  if (!pins.list.length || !panels.length) return '';
  const each = panels.map(panel => pinnedWeights(panel, pins)), weights = others.map((_, i) => sumOf(each.map(list => list[i])) / panels.length);
  const first = [...weights.keys()].sort((a, b) => weights[b] - weights[a]).slice(0, 4);
  const rest = sumOf(weights) - sumOf(first.map(i => weights[i]));
  const links = first.map(i => words.open_quote + others[i].name + words.close_quote + weightText(weights[i]));
  return words.open_quote + pins.list.map(i => scene[pins.side][i].name).join(words.between_quotes) +
    words.attends[pins.side] +
    [...links, words.rest + weightText(Math.max(rest, 0))].join(words.list_comma) + words.full_stop;
}

// What each kind of special token takes: "[SEP] takes 62 % of this head (hidden)."
function shareSentences() {
  const { units, kept, joined } = scene, specials = units.filter(unit => unit.special), one = joined.length === 1 && modeNow() === 'each' ? 1 : 0;
  const percent = share => fixed(100 * share, share >= 0.0005 && share < 0.0095 ? 1 : 0);
  return [...new Set(specials.map(unit => unit.name))].map(name => {
    const columns = specials.filter(unit => unit.name === name), shares = joined.map(a =>
      sumOf(kept.map(row => sumOf(columns.map(column => a[row.index * units.length + column.index])))) / kept.length);
    const least = percent(Math.min(...shares)), most = percent(Math.max(...shares));
    const range = least === most ? fill(words.percent, least) : fill(words.percent_range, least, most);
    return name + fill(words.takes[one], range) + words[state.special];
  });
}

// Rounded weights do not sum to 1; where whole rows are drawn, the weights that they were rounded from do.
function sumSentence() {
  const whole = state.filter === 'all' && state.special !== 'hide' && modeNow() !== 'max', C = scene.to.length;
  if (data.sumsToOne && (whole || state.renormalise)) return words.sums_to_one;
  const sums = scene.panels.flatMap(panel => scene.from.map((_, i) => sumOf(panel.subarray(i * C, i * C + C))));
  const least = Math.min(...sums), most = Math.max(...sums);
  return least > 0.995 && most < 1.005 ? words.sums_to_one : fill(words.sums_between, fixed(least, 2), fixed(most, 2));
}

function captionText(pins) {
  const { edges, panels, from, to } = scene, percent = fixed(edges.mass > 0 ? 100 * edges.drawn / edges.mass : 0, 1);
  const drawn = fill(words.edges_drawn, edges.list.length, panels.length * from.length * to.length, percent);
  if (!panels.length) return drawn;
  return [words.reading_lines, drawn, edges.rests.some(isShown) ? words.rest_bars : '', pins.list.length && scene.hasStrip ? words.strip : '',
    scene.before, ...state.special === 'show' ? [] : shareSentences(), state.renormalise ? words.renormalised : '', sumSentence(), scene.after]
    .reduce((text, sentence) => text + (sentence && text.endsWith('.') ? ' ' : '') + sentence, '');
}

// Lines ---------------------------------------------------------------------------------------------------

const isShown = rest => rest.share > 1 - state.mass / 100;

function courseOf(edge) {
  const heads = scene.panels.length, from = scene.fromSide.end, to = scene.toSide.end, half = (from + to) / 2;
  const offset = Math.min(3, scene.pitch * 0.7 / heads) * (edge.panel - (heads - 1) / 2);
  const a = middleOf(edge.row) + offset, b = middleOf(edge.column) + offset;
  const at = (along, across) => point(along, across).map(num).join(' ');
  return `M${at(a, from)}` + (heads === 1 ? `L${at(b, to)}` : `C${at(a, half)} ${at(b, half)} ${at(b, to)}`);
}

// As many children as there are things, made where they are missing.
function resize(group, count) {
  while (group.childElementCount > count) group.lastElementChild.remove();
  while (group.childElementCount < count) group.append(svgElement('path', {}));
  return group.children;
}

function drawEdges() {
  const paths = scene.paths = [...resize(part('edges'), scene.edges.list.length)];
  scene.edges.list.forEach((edge, i) => {
    const [stroke, dash] = data.colors[edge.panel], weight = Math.min(edge.weight, 1);
    setAttributes(paths[i], { d: courseOf(edge), stroke, 'stroke-dasharray': dash,
      'stroke-width': num(0.5 + 5.5 * weight), 'stroke-opacity': num(0.15 + 0.85 * Math.sqrt(weight)) });
  });
}

function fadeEdges({ side, list }) {
  const looked = new Set(list), end = side === 'to' ? 'column' : 'row';
  scene.edges.list.forEach((edge, i) => {
    const dim = state.special === 'dim' && (scene.from[edge.row].special || scene.to[edge.column].special);
    setAttributes(scene.paths[i], { opacity: list.length && !looked.has(edge[end]) ? 0.08 : dim ? 0.3 : null });
  });
}

function drawRests() {
  const thick = Math.min(6, scene.pitch * 0.3), bars = scene.edges.rests.map((rest, i) => {
    const length = Math.max(2, 32 * Math.min(rest.mass, 1));
    return isShown(rest) ? boxPath(...point(middleOf(i) - thick / 2, scene.fromSide.end - 3 - length), ...point(thick, length)) : '';
  });
  setAttributes(part('rests').firstElementChild, { d: bars.join('') });
}

// Beside the side that is not pinned, a cell for each token and head.
function drawStrip(pins) {
  const shown = scene.hasStrip && pins.list.length > 0, cells = new Map(), CELL = 12, numbers = scene.still.querySelector('.gaze-' + pins.side);
  if (shown) stripMatrices().forEach((panel, head) => {
    const weights = Float32Array.from(pinnedWeights(panel, pins)), across = scene.strips[pins.side] + CELL * head;
    weights.forEach((weight, i) => {
      const level = levelOf(weight, state.scale, weights);
      const box = boxPath(...point(scene.start + scene.pitch * i, across), ...point(scene.pitch, CELL));
      cells.set(level, (cells.get(level) ?? '') + box);
    });
  });
  const levels = sorted(cells.keys()), paths = resize(part('strip'), levels.length);
  levels.forEach((level, i) => setAttributes(paths[i], { fill: rampColor(level), d: cells.get(level) }));
  part('strip-heads').replaceChildren(...shown ? numbers.cloneNode(true).children : []);
}

function drawHeadKey() {
  [...part('heads').children].forEach((item, i) => {
    const shown = scene.panels.length > 1 && i < state.heads.length;
    setAttributes(item, { display: shown ? null : 'none' });
    item.lastChild.textContent = shown ? fill(words.head, state.heads[i]) : '';
  });
}

// Columns -------------------------------------------------------------------------------------------------

function placeOf(unit, side, i) {
  const along = middleOf(i), across = scene[side + 'Side'].label, key = side === 'to';
  if (!scene.horizontal) return { x: num(across), y: num(along + 5) };
  if (unit.wide) return { x: num(along), y: num(key ? across : across - unit.em * scene.font), 'writing-mode': 'tb', style: 'writing-mode:vertical-rl' };
  const x = num(along + (key ? 0 : 4)), y = num(across + (key ? 4 : 0));
  return { x, y, transform: `rotate(${key ? 60 : -60} ${x} ${y})` };
}

function makeLabel(unit, side, i) {
  const text = document.importNode(scene.texts[unit.index], true);
  text.classList.add((side === 'to' ? 'K' : 'Q') + i);
  return setAttributes(Object.assign(text, { place: i, side }), placeOf(unit, side, i));
}

// Where labels are thinned, those that are looked at are written all the same.
function drawSide(side, places) {
  const group = GROUPS[side], crowded = i => places.some(place => place !== i && Math.abs(place - i) < scene.step);
  const shown = [...scene[side].keys()].filter(i => places.includes(i) || (i % scene.step === 0 && !crowded(i)));
  const old = new Map([...group.children].map(text => [text.place, text]));
  if (old.size !== shown.length || shown.some(i => !old.has(i)))
    group.replaceChildren(...shown.map(i => old.get(i) ?? makeLabel(scene[side][i], side, i)));
  for (const text of group.children) {
    const pinned = places.includes(text.place);
    setAttributes(text, { 'font-weight': pinned ? 700 : null, 'aria-selected': pinned });
  }
}

function drawPins({ side, list }) {
  const { label, extent } = scene[side + 'Side'], length = scene.horizontal ? 0 : extent, size = Math.max(scene.pitch, 15);
  const d = list.map(i => boxPath(...point(middleOf(i) - size / 2, label - (side === 'to' ? 2.5 : length + 2.5)), ...point(size, length + 5)));
  setAttributes(part('pin'), { d: d.join('') });
}

// The values of the pinned tokens: a row for each token as long as the page has room for its elements.
function drawTable(pins) {
  const details = byId('gaze-values'), body = details?.querySelector('tbody');
  if (!details?.open) return;
  body.replaceChildren();
  const columns = pins.list.length ? stripMatrices().map(panel => pinnedWeights(panel, pins)) : [];
  const room = Math.floor((4990 - document.querySelectorAll('*').length) / (columns.length + 2));
  for (const [i, unit] of scene[OTHER[pins.side]].slice(0, columns.length && room).entries()) {
    const row = body.insertRow(), name = row.appendChild(document.createElement('th'));
    name.textContent = unit.name;
    for (const weights of columns) row.insertCell().textContent = fixed(weights[i], 4);
  }
}

// Everything ----------------------------------------------------------------------------------------------

// What depends on which tokens are looked at, and on nothing else: done anew at every move of the mouse.
function showPins() {
  const pins = pinsNow();
  fadeEdges(pins);
  for (const side of ['from', 'to']) drawSide(side, pins.side === side ? pins.list : []);
  drawPins(pins);
  drawStrip(pins);
  say('readout', readoutText(pins));
  say('caption', scene.captions[Math.sign(pins.list.length)] ??= captionText(pins));
  drawTable(pins);
  if (!figure.querySelector('.gaze-token[tabindex="0"]')) GROUPS.from.firstElementChild?.setAttribute('tabindex', 0);
}

async function draw() {
  const mine = ++drawn;
  setAttributes(figure, { 'aria-busy': true });
  await unpackNeeded();
  if (mine !== drawn) return; // something else has been asked for since
  enterScene();
  preview = null;
  fillScene();
  scene.captions = [];
  drawHeadKey();
  drawEdges();
  drawRests();
  showPins();
  showControls();
  say('heading', document.title = titleText());
  setAttributes(figure, { 'aria-busy': null });
}

// Controls ------------------------------------------------------------------------------------------------

const SELECTS = ['layer', 'mode', 'filter', 'unit', 'special', 'layout', 'scale', 'mass'], headButtons = [...document.querySelectorAll('.head')];

function showControls() {
  for (const id of SELECTS) if (byId(id)) byId(id).value = state[id];
  byId('renormalise').checked = state.renormalise;
  byId('mass-text').textContent = state.mass + ' %';
  headButtons.forEach((button, i) => {
    const place = state.heads.indexOf(data.heads[i]), [color, , ink] = data.colors[modeNow() === 'each' && place >= 0 ? place : 0];
    setAttributes(button, { 'aria-pressed': place >= 0, style: `--head:${color};--head-ink:${ink}` });
  });
}

function change(changes) {
  Object.assign(state, changes);
  const { side, pin, ...others } = state;
  writeAddress({ ...others, pin: (side === 'to' ? 'k' : 'q') + pin });
  return draw();
}

// A stranger's address: only what is a choice of this page is taken.
function readState() {
  const { pin = '', heads, mass, renormalise, ...address } = readAddress();
  const picked = (all, text) => all.filter(one => text.split(',').includes(String(one)));
  for (const id of SELECTS) if ([...byId(id)?.options ?? []].some(one => one.value === address[id])) state[id] = address[id];
  if (heads !== undefined) state.heads = picked(data.heads, heads);
  if (renormalise) state.renormalise = Number(renormalise === '1');
  if (/^\d+$/.test(mass)) state.mass = Math.min(100, Math.max(10, mass));
  if (/^[qk]/.test(pin)) Object.assign(state, { side: pin[0] === 'k' ? 'to' : 'from', pin: picked(data.token.map(token => token.start), pin.slice(1)) });
}

// In the list, or out of it.
function toggled(list, one) {
  return list.includes(one) ? list.filter(other => other !== one) : sorted([...list, one]);
}

const nextOf = (list, now, by) => list[(Math.max(list.indexOf(now), by < 0 ? 0 : -1) + by + list.length) % list.length];
const stepLayer = by => change({ layer: nextOf(data.layers, state.layer, by) });
const stepHead = by => change({ heads: [nextOf(data.heads, state.heads[0], by)] });

for (const id of SELECTS) byId(id)?.addEventListener('input', event => change({ [id]: event.target.value }));
byId('renormalise').addEventListener('change', event => change({ renormalise: Number(event.target.checked) }));
for (const [id, heads] of [['all', data.heads], ['none', []]]) byId(id).addEventListener('click', () => change({ heads }));
byId('gaze-values')?.addEventListener('toggle', () => drawTable(pinsNow()));
headButtons.forEach((button, i) => {
  const head = data.heads[i], only = () => state.heads.length === 1 && state.heads[0] === head;
  button.addEventListener('click', () => only() || change({ heads: toggled(state.heads, head) })); // the last one stays on
  button.addEventListener('dblclick', () => change({ heads: only() ? data.heads : [head] }));
});

// Mouse, touch, keys --------------------------------------------------------------------------------------

// The token under the mouse, as pins are written, or null.
function tokenAt(event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(figure.getScreenCTM().inverse());
  const [along, across] = point(x, y), place = Math.floor((along - scene.start) / scene.pitch), { fromSide, toSide } = scene;
  const side = across < fromSide.end ? 'from' : 'to', { label, extent } = scene[side + 'Side'];
  const beside = side === 'from' ? across >= label - extent - 8 : across >= toSide.end && across <= label + extent + 8;
  return beside && scene[side][place] ? { side, list: [place] } : null;
}

function look(at) {
  if (JSON.stringify(at) === JSON.stringify(preview)) return;
  preview = at;
  showPins();
}

function linkText(edge) {
  const mode = modeNow(), head = mode === 'each' ? fill(words.head, state.heads[edge.panel]) : words['head_' + mode];
  return [words.from + scene.from[edge.row].name + words.to + scene.to[edge.column].name + words.is + fixed(edge.weight, 4),
    fill(words.layer, state.layer), head].join(words.comma);
}

function pin(side, place, add) {
  const token = scene[side][place].start, here = side === state.side ? state.pin : [], alone = here.length === 1 && here[0] === token;
  change({ side, pin: add ? toggled(here, token) : alone ? [] : [token] }).then(speakReadout);
}

// One token can be reached with Tab; arrows move on from there.
function focusToken(side, place) {
  const at = Math.max(0, Math.min(scene[side].length - 1, place));
  look({ side, list: [at] });
  [...GROUPS[side].children].find(text => text.place === at)?.focus();
}

figure.addEventListener('focusin', ({ target }) => {
  if (!target.side) return;
  look({ side: target.side, list: [target.place] });
  for (const other of figure.querySelectorAll('.gaze-token[tabindex="0"]')) other.setAttribute('tabindex', -1);
  target.setAttribute('tabindex', 0);
  speakReadout();
});
figure.addEventListener('pointermove', event => {
  if (event.pointerType === 'touch') return;
  look(tokenAt(event));
  const edge = !preview && scene.edges.list[scene.paths.indexOf(event.target)];
  say('readout', edge ? linkText(edge) : readoutText(pinsNow()));
});
figure.addEventListener('pointerleave', () => look(null));
figure.addEventListener('click', event => {
  const at = tokenAt(event);
  if (at) pin(at.side, at.list[0], event.shiftKey);
});

const ANYWHERE = { '[': () => stepLayer(-1), ']': () => stepLayer(1), ',': () => stepHead(-1), '.': () => stepHead(1), '?': showHelp };
const ON_TOKEN = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter', ' '];

// Up and Down go along a column, Left and Right to the other one; where columns lie, it is the other way round.
function actOnToken({ key, target: { side, place }, shiftKey }) {
  const at = ON_TOKEN.indexOf(key), arrow = at ^ (scene.horizontal ? 2 : 0);
  if (at > 3) pin(side, place, shiftKey);
  else if (arrow < 2) focusToken(side, place + (arrow ? 1 : -1));
  else focusToken(arrow === 2 ? 'from' : 'to', place);
}

document.addEventListener('keydown', event => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || byId('gaze-help').open) return;
  const action = key === 'Escape' ? () => change({ pin: [] }) : target.side && ON_TOKEN.includes(key) ? actOnToken :
    !target.matches('select, input') && ANYWHERE[key];
  if (!action) return;
  event.preventDefault();
  action(event);
});

// Begin: the style by which tokens isolate their lines without a script is not needed here.
figure.querySelectorAll('style')[1]?.remove();
addEventListener('hashchange', () => draw(readState()));
draw(readState());
