// The head view of a page: the reader's choice (state) becomes matrices, lines and words, by the rules of the C files
// beside this one. What depends on unit, filter and layout alone is a scene: C has laid it out, and drawn what stands
// still in it (page_scenes.c).

const words = data.words, T = data.token.length, figure = byId('gaze-figure'), part = name => figure.querySelector('.gaze-' + name);
const say = (id, text) => { byId('gaze-' + id).textContent = text; }, speakReadout = () => speak(byId('gaze-readout').textContent);
const SIDES = ['from', 'to'], OTHER = { from: 'to', to: 'from' }, GROUPS = { from: part('queries'), to: part('keys') };
const state = { ...data.state }, sumOf = list => list.reduce((a, b) => a + b, 0);
const stripHeads = data.heads.slice(0, 16);
for (const units of [data.token, data.word])
  units.forEach((unit, i) => Object.assign(unit, { index: i, start: units[i - 1]?.end ?? 0, end: unit.end ?? i + 1 }));
let scene, preview = null, drawn = 0;

// Matrices ------------------------------------------------------------------------------------------------

// By layer and head: (T,T).
const unpacked = {}, layersNow = () => state.layer === 'mean' ? data.layers : [state.layer];
const placesOf = heads => layersNow().flatMap(layer => heads.map(head => [layer, head]));

// When it is first asked for.
async function unpack(place) {
  const [layer, head] = place, packed = new Blob([bytesOf85(data.weights[layer][data.heads.indexOf(head)])]);
  const bytes = await new Response(packed.stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
  unpacked[place] = squaresOf(new Uint8Array(bytes), T * T, data.bits);
}

// The strip shows the first heads beside those that are chosen.
function unpackNeeded() {
  const heads = new Set([...data.scenes[sceneId()].hasStrip ? stripHeads : [], ...state.heads]);
  return Promise.all(placesOf([...heads]).filter(place => !unpacked[place]).map(unpack));
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
  if (!list[1]) return list[0];
  for (const a of list)
    for (let i = 0; i < out.length; i++) out[i] = max ? Math.max(out[i], a[i]) : out[i] + a[i];
  return Float32Array.from(max ? out : out.map(sum => sum / list.length));
}

// What more than six heads are drawn as.
const modeNow = () => state.mode === 'each' && state.heads.length > data.colors.length ? 'mean' : state.mode;

// What heads, and layers, are together.
function joinedHeads(heads, max) {
  const list = placesOf(heads).map(place => unpacked[place]);
  return max ? reduced(list.map(join), true) : join(reduced(list));
}

function joinedPanels() {
  const { heads } = state, mode = modeNow();
  if (mode === 'each') return heads.map(head => joinedHeads([head]));
  return heads.length ? [joinedHeads(heads, mode === 'max')] : [];
}

// The rows and columns that are shown, each divided by its sum where that is asked for.
function shownPart(a) {
  const { from, to, units } = scene, out = new Float32Array(from.length * to.length);
  let at = 0;
  for (const row of from) {
    const begin = at;
    let sum = 0;
    for (const column of to) sum += out[at++] = a[row.index * units.length + column.index];
    for (let i = begin; i < at && +state.renormalise && sum > 0; i++) out[i] /= sum;
  }
  return out;
}

// Scenes --------------------------------------------------------------------------------------------------

const sceneId = () => [state.unit, state.special === 'hide' ? 'hide' : 'show', state.filter, state.layout].join('-');

function enterScene() {
  const { unit, special, filter } = state, id = sceneId();
  if (scene?.id === id) return;
  const units = data[unit], kept = units.filter(one => special !== 'hide' || !one.kind);
  const side = letter => kept.filter(one => filter === 'all' || letter === (one.second ? 'b' : 'a'));
  scene = { id, ...data.scenes[id], units, kept, from: side(filter[0]), to: side(filter[1]), texts: byId(`gaze-${unit}s`).content.querySelectorAll('text') };
  for (const name of ['headings', 'marks', 'strip-from', 'strip-to']) part(name).replaceWith(byId(id).content.querySelector('.gaze-' + name).cloneNode(true));
  for (const group of Object.values(GROUPS)) group.replaceChildren();
  for (const [name, attributes] of Object.entries(scene.parts)) setAttributes(part(name), attributes);
  setAttributes(figure, scene.parts.paper);
}

const point = (along, across) => scene.horizontal ? [along, across] : [across, along];
const boxAt = (along, across, length, depth) => boxPath(...point(along, across), ...point(length, depth));
const middleOf = place => scene.start + scene.pitch * (place + 0.5);

function fillScene() {
  scene.joined = joinedPanels();
  scene.panels = scene.joined.map(shownPart);
  scene.strip = null;
  scene.edges = chooseEdges(scene.panels, scene.from.length, scene.to.length, state.mass / 100);
}

const stripMatrices = () => scene.strip ??= stripHeads.map(head => shownPart(joinedHeads([head])));

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

// One after the other; an English one is parted from the next by a blank.
const sentences = (...list) => list.flat().filter(Boolean).reduce((text, sentence) => text + (text.endsWith('.') ? ' ' : '') + sentence);
const layerText = () => state.layer === 'mean' ? words.layer_mean : fill(words.layer, state.layer);

function headText() {
  const { heads } = state, mode = modeNow(), list = heads.join(', '), last = heads[heads.length - 1];
  if (!heads.length) return words.no_head;
  if (mode !== 'each') return words['head_' + mode] + (heads.length === data.modelHeads ? '' : ` (${list})`);
  if (heads.length === 1) return fill(words.head, last);
  return last - heads[0] + 1 === heads.length ? fill(words.heads, heads[0], last) : fill(words.heads_listed, list);
}

function titleText() {
  const title = layerText() + words.comma + headText();
  return data.title ?? title[0].toUpperCase() + title.slice(1);
}

// head 3, 'it' → 'cat' .49
function linkText({ panel, row, column }, weight) {
  const head = scene.panels[1] ? fill(words.head, state.heads[panel]) + words.comma : '';
  return head + fill(words.link, scene.from[row].name, scene.to[column].name, weight);
}

const linksText = edges => edges.map(edge => linkText(edge, weightText(edge.weight))).join(words.list_comma) + words.full_stop;

function strongestText() {
  const edges = [...scene.edges.list].reverse(), ends = ({ row, column }) => [scene.from[row], scene.to[column]];
  const between = edges.findIndex(edge => ends(edge).every((unit, i, [from, to]) => from !== to && !unit.kind));
  if (!edges.length) return '';
  return sentences(words.strongest_link + linksText(edges.slice(0, 3)), between > 2 && words.strongest_words + linksText([edges[between]]));
}

// 'it' attends to 'cat' .49; '[CLS]' .20; 'mat' .14; 'the' (2) .04; all others .12.
function readoutText({ side, list }) {
  const { panels } = scene, others = scene[OTHER[side]], count = panels.length;
  if (!list.length || !count) return strongestText();
  const each = panels.map(panel => pinnedWeights(panel, { side, list })), weights = others.map((_, i) => sumOf(each.map(list => list[i])) / count);
  const first = [...weights.keys()].sort((a, b) => weights[b] - weights[a]).slice(0, 4);
  const rest = sumOf(weights) - sumOf(first.map(i => weights[i]));
  return (count > 1 ? fill(words.mean_of, headText()) : '') + list.map(i => scene[side][i].name).join(words.comma) + words.attends[side] +
    [...first.map(i => others[i].name + ' ' + weightText(weights[i])), words.others + weightText(Math.max(rest, 0))].join(words.list_comma) +
    words.full_stop;
}

// What each kind of special token takes: "[SEP] takes 62 % of this head (hidden)."
function shareSentences() {
  const { units, kept, joined } = scene, one = joined.length === 1 && modeNow() === 'each' && state.layer !== 'mean' ? 1 : 0;
  const percent = share => fixed(100 * share, share >= 0.0005 && share < 0.0095 ? 1 : 0);
  return [...new Set(units.flatMap(unit => unit.kind ?? []))].map(kind => {
    const columns = units.filter(unit => unit.kind === kind), shares = joined.map(a =>
      sumOf(kept.flatMap(row => columns.map(column => a[row.index * units.length + column.index]))) / kept.length);
    const least = percent(Math.min(...shares)), most = percent(Math.max(...shares));
    const range = least === most ? fill(words.percent, least) : fill(words.percent_range, least, most);
    return kind + fill(words.takes[one], range) + words[state.special];
  });
}

// Rounded weights do not sum to 1; where whole rows are drawn, the weights that they were rounded from do.
function sumSentence() {
  const whole = state.filter === 'all' && state.special !== 'hide' && modeNow() !== 'max', C = scene.to.length;
  if (data.sumsToOne && (whole || +state.renormalise)) return words.sums_to_one;
  const sums = scene.panels.flatMap(panel => scene.from.map((_, i) => sumOf(panel.subarray(i * C, i * C + C))));
  const least = Math.min(...sums), most = Math.max(...sums);
  return least > 0.995 && most < 1.005 ? words.sums_to_one : fill(words.sums_between, fixed(least, 2), fixed(most, 2));
}

function captionText(pins) {
  const { edges, panels, from, to } = scene, percent = fixed(edges.mass > 0 ? 100 * edges.drawn / edges.mass : 0, 1);
  const drawn = fill(words.edges_drawn, edges.list.length, panels.length * from.length * to.length, percent);
  if (!panels.length) return drawn;
  return sentences(words.reading_lines, drawn, edges.rests.some(isShown) && words.left_out_bars, pins.list.length && scene.hasStrip && words.strip,
    scene.before, state.special !== 'show' && shareSentences(), +state.renormalise && words.renormalised, sumSentence(), scene.after);
}

// Lines ---------------------------------------------------------------------------------------------------

const isShown = rest => rest.share > 1 - state.mass / 100;

function courseOf(edge) {
  const heads = scene.panels.length, from = scene.sides.from.end, to = scene.sides.to.end;
  const slot = scene.pitch * 0.8 / heads * (edge.panel - (heads - 1) / 2), lane = from + (to - from) * (edge.panel + 1) / (heads + 1);
  const a = middleOf(edge.row) + slot, b = middleOf(edge.column) + slot;
  const at = (along, across) => point(along, across).map(num).join(' ');
  return `M${at(a, from)}` + (heads === 1 ? `L${at(b, to)}` : `C${at(a, lane)} ${at(b, lane)} ${at(b, to)}`);
}

// As many children as there are things, made where they are missing.
function resize(group, count) {
  while (group.childElementCount > count) group.lastElementChild.remove();
  while (group.childElementCount < count) group.append(svgElement('path', {}));
  return group.children;
}

function drawEdges() {
  const { edges: { list }, panels } = scene, group = part('edges'), paths = scene.paths = [...resize(group, list.length)];
  const least = data.leastOpacity, dims = unit => state.special === 'dim' && unit.kind;
  setAttributes(group, { stroke: panels[1] ? null : data.colors[0][0] });
  list.forEach((edge, i) => {
    const [stroke, dash] = data.colors[edge.panel], weight = Math.min(edge.weight, 1), dashed = weight >= 0.1 || list.length <= 1000;
    setAttributes(paths[i], { d: courseOf(edge), stroke: panels[1] ? stroke : null, 'stroke-dasharray': dashed ? dash : null,
      'stroke-width': num(0.5 + 5.5 * weight), 'stroke-opacity': num(least + (1 - least) * Math.sqrt(weight)),
      opacity: dims(scene.from[edge.row]) || dims(scene.to[edge.column]) ? 0.3 : null });
  });
}

function fadeEdges({ side, list }) {
  const end = side === 'to' ? 'column' : 'row';
  part('edges').classList.toggle('gaze-pinned', list.length);
  scene.edges.list.forEach((edge, i) => scene.paths[i].classList.toggle('gaze-clear', list.includes(edge[end])));
}

function drawRests() {
  const thick = Math.min(6, scene.pitch * 0.3), bars = scene.edges.rests.map((rest, i) => {
    const length = Math.max(2, 32 * Math.min(rest.mass, 1));
    return isShown(rest) ? boxAt(middleOf(i) - thick / 2, scene.sides.from.end - 3 - length, thick, length) : '';
  });
  setAttributes(part('rests').firstElementChild, { d: bars.join('') });
}

// Beside the side that is not pinned, a cell for each token and head.
function drawStrip(pins) {
  const shown = scene.hasStrip && pins.list.length > 0, cells = {};
  if (shown) stripMatrices().forEach((panel, head) => {
    const weights = Float32Array.from(pinnedWeights(panel, pins)), across = scene.sides[pins.side].strip + 12 * head;
    weights.forEach((weight, i) => {
      const level = levelOf(weight, state.scale, weights);
      cells[level] = (cells[level] ?? '') + boxAt(scene.start + scene.pitch * i, across, scene.pitch, 12);
    });
  });
  const levels = Object.entries(cells), paths = resize(part('strip'), levels.length);
  levels.forEach(([level, d], i) => setAttributes(paths[i], { fill: rampColor(level), d }));
  for (const side of SIDES) setAttributes(part('strip-' + side), { display: shown && side === pins.side ? null : 'none' });
}

// The legend of the strip, which has the colours of the scale.
function drawScale() {
  const scale = byId('gaze-scale-' + state.scale).content.querySelector('g').cloneNode(true);
  data.ramp = data.ramps[state.scale] ?? data.ramps.sqrt;
  part('scale').replaceWith(setAttributes(scale, { display: scene.hasStrip ? null : 'none' }));
}

function drawHeadKey() {
  [...part('heads').children].forEach((item, i) => {
    setAttributes(item, { display: scene.panels[1] && scene.panels[i] ? null : 'none' });
    item.lastChild.textContent = fill(words.head, state.heads[i]);
  });
}

// Columns -------------------------------------------------------------------------------------------------

function placeOf(unit, side, i) {
  const along = middleOf(i), across = scene.sides[side].label, key = side === 'to';
  if (!scene.horizontal) return { x: num(across), y: num(along + 5) };
  if (unit.em) return { x: num(along), y: num(key ? across : across - unit.em * scene.font), style: 'writing-mode:vertical-rl' };
  const x = num(along + (key ? 0 : 4)), y = num(across + (key ? 4 : 0));
  return { x, y, transform: `rotate(${key ? 60 : -60} ${x} ${y})` };
}

function makeLabel(side, i) {
  const unit = scene[side][i], text = document.importNode(scene.texts[unit.index], true);
  text.classList.add((side === 'to' ? 'K' : 'Q') + i);
  return setAttributes(Object.assign(text, { place: i, side }), { ...placeOf(unit, side, i), role: 'option', tabindex: -1 });
}

// Where labels are thinned, those that are looked at are written all the same.
function drawSide(side, places) {
  const group = GROUPS[side], crowded = i => places.some(place => place !== i && Math.abs(place - i) < scene.step);
  const shown = [...scene[side].keys()].filter(i => places.includes(i) || (i % scene.step === 0 && !crowded(i)));
  const old = new Map([...group.children].map(text => [text.place, text]));
  if (old.size !== shown.length || shown.some(i => !old.has(i)))
    group.replaceChildren(...shown.map(i => old.get(i) ?? makeLabel(side, i)));
  for (const text of group.children) setAttributes(text, { 'aria-selected': places.includes(text.place) });
}

function drawPins({ side, list }) {
  const [across, depth] = scene.sides[side].pin, size = Math.max(scene.pitch, 15);
  const boxes = list.map(i => boxAt(middleOf(i) - size / 2, across, size, depth));
  setAttributes(part('pin'), { d: boxes.join('') });
}

// The values of the pinned tokens: a row for each token as long as the page has room for its elements.
function drawTable(pins) {
  const body = document.querySelector('#gaze-values[open] tbody');
  if (!body) return;
  body.replaceChildren();
  const columns = pins.list.length ? stripMatrices().map(panel => pinnedWeights(panel, pins)) : [];
  const room = (4990 - document.querySelectorAll('*').length) / (columns.length + 2);
  for (const [i, unit] of scene[OTHER[pins.side]].slice(0, columns.length && room).entries()) {
    const row = body.insertRow();
    row.appendChild(document.createElement('th')).textContent = unit.name;
    for (const weights of columns) row.insertCell().textContent = fixed(weights[i], 4);
  }
}

// Everything ----------------------------------------------------------------------------------------------

// What depends on which tokens are looked at, and on nothing else: done anew at every move of the mouse.
function showPins() {
  const pins = pinsNow();
  fadeEdges(pins);
  for (const side of SIDES) drawSide(side, pins.side === side ? pins.list : []);
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
  // Something else may have been asked for since.
  if (mine !== drawn) return;
  enterScene();
  preview = null;
  fillScene();
  scene.captions = [];
  drawHeadKey();
  drawScale();
  drawEdges();
  drawRests();
  showPins();
  showControls();
  say('heading', document.title = titleText());
  setAttributes(figure, { 'aria-busy': null });
}

// Controls ------------------------------------------------------------------------------------------------

const selects = [...document.querySelectorAll('#gaze-controls select')], headButtons = [...document.querySelectorAll('.head')];

function showControls() {
  for (const select of selects) select.value = state[select.id];
  for (const number of figure.querySelectorAll('.gaze-strip-heads text'))
    number.classList.toggle('gaze-chosen', state.heads.includes(Number(number.textContent)));
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
  const { pin = '', heads, ...address } = readAddress();
  const picked = (all, text) => all.filter(one => text.split(',').includes(String(one)));
  for (const { id, options } of selects) if ([...options].some(one => one.value === address[id])) state[id] = address[id];
  if (heads !== undefined) state.heads = picked(data.heads, heads);
  if (pin) Object.assign(state, { side: pin[0] === 'k' ? 'to' : 'from', pin: picked([...data.token.keys()], pin.slice(1)) });
}

// In the list, or out of it.
function toggled(list, one) {
  return list.includes(one) ? list.filter(other => other !== one) : [...list, one].sort((a, b) => a - b);
}

const nextOf = (list, now, by) => list[(Math.max(list.indexOf(now), by < 0 ? 0 : -1) + by + list.length) % list.length];
const stepLayer = by => change({ layer: nextOf(data.layers, state.layer, by) });
const stepHead = by => change({ heads: [nextOf(data.heads, state.heads[0], by)] });

for (const select of selects) select.addEventListener('input', () => change({ [select.id]: select.value }));
for (const [id, heads] of [['all', data.heads], ['none', []]]) byId(id).addEventListener('click', () => change({ heads }));
byId('gaze-values')?.addEventListener('toggle', () => drawTable(pinsNow()));
headButtons.forEach((button, i) => {
  const head = data.heads[i], only = () => state.heads.join() === String(head);
  // The last one stays on.
  button.addEventListener('click', () => only() || change({ heads: toggled(state.heads, head) }));
  button.addEventListener('dblclick', () => change({ heads: only() ? data.heads : [head] }));
});

// Mouse, touch, keys --------------------------------------------------------------------------------------

// The token under the mouse, as pins are written, or null.
function tokenAt(event) {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(figure.getScreenCTM().inverse());
  const [along, across] = point(x, y), place = Math.floor((along - scene.start) / scene.pitch);
  const side = SIDES.find(side => scene.sides[side].reach[0] <= across && across <= scene.sides[side].reach[1]);
  return scene[side]?.[place] ? { side, list: [place] } : null;
}

function look(at) {
  if (JSON.stringify(at) === JSON.stringify(preview)) return;
  preview = at;
  showPins();
}

function pin(side, place, add) {
  const token = scene[side][place].start, here = side === state.side ? state.pin : [];
  change({ side, pin: add ? toggled(here, token) : here.join() === String(token) ? [] : [token] }).then(speakReadout);
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
  figure.querySelector('.gaze-token[tabindex="0"]').setAttribute('tabindex', -1);
  target.setAttribute('tabindex', 0);
  speakReadout();
});
figure.addEventListener('pointermove', event => {
  if (event.pointerType === 'touch') return;
  look(tokenAt(event));
  const edge = !preview && scene.edges.list[scene.paths.indexOf(event.target)];
  say('readout', edge ? linkText(edge, fixed(edge.weight, 4)) : readoutText(pinsNow()));
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
    !target.matches('select') && ANYWHERE[key];
  if (!action) return;
  event.preventDefault();
  action(event);
});

// Begin: the style by which tokens isolate their lines without a script is not needed here.
byId('gaze-hover')?.remove();
addEventListener('hashchange', () => draw(readState()));
draw(readState());
