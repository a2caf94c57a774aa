// The head view of a page: the reader's choice (state) becomes matrices, lines and words, by the rules of the C files
// beside this one. What depends on unit, filter and layout alone is a scene: C has laid it out, and drawn what stands
// still in it (page_scenes.c).

const { words, colors, state } = data, T = data.token.length, figure = byId('gaze-figure'), part = name => figure.querySelector('.gaze-' + name);
const say = (id, text) => { byId('gaze-' + id).textContent = text; }, speakReadout = () => speak(byId('gaze-readout').textContent);
const show = (element, shown) => set(element, { display: shown ? null : 'none' });
const all = selector => [...document.querySelectorAll(selector)];
const SIDES = ['from', 'to'], OTHER = { from: 'to', to: 'from' }, GROUPS = { from: part('queries'), to: part('keys') };
const sumOf = list => list.reduce((a, b) => a + b, 0);
let scene, view, preview, ready = {}, drawn = 0;

// Matrices ------------------------------------------------------------------------------------------------

// By layer and head: (T,T) roots of weights.
const unpacked = {};
const placesOf = (heads, layer) => (layer === 'mean' ? data.layers : [layer]).flatMap(layer => heads.map(head => [layer, head]));

async function unpack([layer, head]) {
  const packed = new Response(bytesOf85(data.weights[layer][data.heads.indexOf(head)])).body;
  const bytes = await new Response(packed.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
  unpacked[[layer, head]] = rootsOf(new Uint8Array(bytes));
}

// A promise, or nothing where nothing is packed any more. Strip and table show heads that are not chosen, too.
function unpackLayer(layer) {
  const packed = placesOf(data.heads, layer).filter(place => !unpacked[place]);
  return packed[0] && Promise.all(packed.map(unpack));
}

// Tokens, or words made of them: sum over the pieces attended to, mean over those that attend.
function join(a) {
  if (state.unit === 'token') return a;
  const out = new Float32Array(scene.units.length ** 2);
  let at = 0;
  for (const w of scene.units)
    for (const v of scene.units) {
      let sum = 0;
      for (let t = w.start; t < w.end; t++)
        for (let s = v.start; s < v.end; s++) sum += a[t * T + s];
      out[at++] = sum / (w.end - w.start);
    }
  return out;
}

// What more than six heads are drawn as.
const modeNow = () => state.mode === 'each' && state.heads.length > colors.length ? 'mean' : state.mode;

// What heads of a layer, or of all, are together.
function joinedHeads(layer, heads, max) {
  const list = placesOf(heads, layer).map(place => unpacked[place]);
  return max ? list.map(roots => join(meanOf([roots]))).reduce((a, b) => a.map((x, i) => Math.max(x, b[i]))) : join(meanOf(list));
}

const headPanels = (layer, heads) => heads.map(head => joinedHeads(layer, [head]));

// The rows and columns that are shown, each divided by its sum where that is asked for.
function shownPart(a) {
  const { from, to, units } = scene, length = from.length * to.length;
  if (length === a.length && !+state.renormalise) return a;
  const out = new Float32Array(length);
  let at = 0;
  for (const row of from) {
    let begin = at, sum = 0;
    for (const column of to) sum += out[at++] = a[row.i * units.length + column.i];
    for (let i = begin; i < at && +state.renormalise && sum > 0; i++) out[i] /= sum;
  }
  return out;
}

// What a layer shows; of one panel (more are too large) kept until something else is chosen.
function viewOf(layer) {
  const choice = JSON.stringify({ ...state, layer: 0, side: 0, pin: 0 }), { heads } = state, mode = modeNow();
  if (ready.choice !== choice) ready = { choice };
  if (ready[layer]) return ready[layer];
  const joined = mode === 'each' || !heads.length ? headPanels(layer, heads) : [joinedHeads(layer, heads, mode === 'max')];
  const panels = joined.map(shownPart), edges = chooseEdges(panels, scene.from.length, scene.to.length, state.mass / 100);
  const made = { layer, joined, panels, edges };
  for (const edge of edges.list) shapeLine(edge, panels.length, edges.list.length);
  return panels[1] ? made : ready[layer] = made;
}

// Scenes --------------------------------------------------------------------------------------------------

function enterScene() {
  const { unit, special, filter, layout } = state, id = [unit, special === 'hide' ? 'hide' : 'show', filter, layout].join('-');
  if (scene?.id === id) return;
  const units = data[unit].map((one, i) => ({ ...one, i })), kept = units.filter(one => special !== 'hide' || !one.kind);
  // A column: its units, and where they stand.
  const column = (side, text) => Object.assign(kept.filter(one => filter === 'all' || text === (one.second ? 'b' : 'a')), data.scenes[id].sides[side]);
  scene = { id, ...data.scenes[id], units, kept, from: column('from', filter[0]), to: column('to', filter[1]), texts: byId(`gaze-${unit}s`).content.querySelectorAll('text') };
  part('still').replaceWith(byId(id).content.querySelector('.gaze-still').cloneNode(true));
  for (const side of SIDES) GROUPS[side].replaceChildren(...scene[side].map((_, place) => makeLabel(side, place)));
  for (const name in scene.parts) set(part(name), scene.parts[name]);
  set(figure, scene.parts.paper);
}

const point = (along, across) => scene.horizontal ? [along, across] : [across, along];
const pointText = (...place) => point(...place).map(num).join(' ');
const boxAt = (along, across, length, depth) => boxPath(...point(along, across), ...point(length, depth));
const middleOf = place => scene.start + scene.pitch * (place + 0.5);

// Pins: what is looked at now, by hand or by the mouse, as { side, list of places in that column } -----------

function pinsNow() {
  const { side, pin } = state;
  return preview ?? { side, list: scene[side].flatMap(({ start, end }, i) => pin.some(token => start <= token && token < end) ? i : []) };
}

// What each token of the other side has to do with the pinned ones: the mean over them.
function pinnedWeights(panel, { side, list }) {
  const C = scene.to.length;
  return scene[OTHER[side]].map((_, i) => sumOf(list.map(pin => side === 'to' ? panel[i * C + pin] : panel[pin * C + i])) / list.length);
}

// Words ---------------------------------------------------------------------------------------------------

// One after the other; an English one is parted from the next by a blank.
const sentences = (...list) => list.flat().filter(Boolean).reduce((text, sentence) => text + (text.endsWith('.') ? ' ' : '') + sentence);
function headText() {
  const { heads } = state, mode = modeNow(), list = heads.join(', '), last = heads.at(-1);
  if (!heads.length) return words.no_head;
  if (mode !== 'each') return words['head_' + mode] + (heads.length === data.modelHeads ? '' : ` (${list})`);
  if (heads.length === 1) return fill(words.head, last);
  return last - heads[0] < heads.length ? fill(words.heads, heads[0], last) : fill(words.heads_listed, list);
}

function titleText() {
  const title = (state.layer === 'mean' ? words.layer_mean : fill(words.layer, state.layer)) + words.comma + headText();
  return data.title ?? title[0].toUpperCase() + title.slice(1);
}

const endsOf = edge => SIDES.map(side => scene[side][edge[side]]);

// head 3, 'it' → 'cat' .49
function linkText(edge, weight) {
  const head = view.panels[1] ? fill(words.head, state.heads[edge.panel]) + words.comma : '';
  return head + fill(words.link, ...endsOf(edge).map(unit => unit.name), weight);
}

const linksText = edges => edges.map(edge => linkText(edge, weightText(edge.weight))).join(words.list_comma) + words.full_stop;

// The strongest of all; then of those between two words one of each head, before a second one of any, largest first.
function strongestText() {
  const [first, ...rest] = view.edges.list.toReversed(), seen = [];
  const between = rest.filter(edge => endsOf(edge).every((unit, i, [from, to]) => from !== to && !unit.kind));
  const list = [...new Set([...between.filter(({ panel }) => !seen.includes(panel) && seen.push(panel)), ...between])]
    .slice(0, 3).sort((a, b) => b.weight - a.weight);
  return first ? sentences(words.strongest_link + linksText([first]), list[0] && words.next_words + linksText(list)) : '';
}

// 'it' attends to 'cat' .49; '[CLS]' .20; 'mat' .14; 'the' (2) .04; all others .12.
function readoutText({ side, list }) {
  const { panels } = view, others = scene[OTHER[side]], count = panels.length;
  if (!list.length || !count) return strongestText();
  const each = panels.map(panel => pinnedWeights(panel, { side, list })), weights = others.map((_, i) => sumOf(each.map(list => list[i])) / count);
  const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a]), rest = sumOf(order.splice(4).map(i => weights[i]));
  return (count > 1 ? fill(words.mean_of, headText()) : '') + list.map(i => scene[side][i].name).join(words.comma) + words.attends[side] +
    [...order.map(i => others[i].name + ' ' + weightText(weights[i])), words.others + weightText(rest)].join(words.list_comma) +
    words.full_stop;
}

// What each kind of special token takes: "[SEP] takes 62 % of this head (hidden)."
function shareSentences() {
  const { units, kept } = scene, { joined } = view, one = +(!joined[1] && modeNow() === 'each' && state.layer !== 'mean');
  const percent = share => fixed(100 * share, share >= 0.0005 && share < 0.0095 ? 1 : 0);
  return [...new Set(units.flatMap(unit => unit.kind ?? []))].map(kind => {
    const columns = units.filter(unit => unit.kind === kind), shares = joined.map(a =>
      sumOf(kept.flatMap(row => columns.map(column => a[row.i * units.length + column.i]))) / kept.length);
    const least = percent(Math.min(...shares)), most = percent(Math.max(...shares));
    return kind + fill(words.takes[one], fill(least === most ? words.percent : words.percent_range, least, most)) + words[state.special];
  });
}

// Rounded weights do not sum to 1; where whole rows are drawn, the weights that they were rounded from do.
function sumSentence() {
  const whole = state.filter === 'all' && state.special !== 'hide' && modeNow() !== 'max', C = scene.to.length;
  if (data.sumsToOne && (whole || +state.renormalise)) return words.sums_to_one;
  const sums = view.panels.flatMap(panel => scene.from.map((_, i) => sumOf(panel.subarray(i * C, i * C + C))));
  const least = Math.min(...sums), most = Math.max(...sums);
  return least > 0.995 && most < 1.005 ? words.sums_to_one : fill(words.sums_between, weightText(least), weightText(most));
}

function captionText(pins) {
  const { from, to } = scene, { edges, panels } = view, percent = fixed(100 * edges.drawn / edges.mass || 0, 1);
  const drawn = fill(words.edges_drawn, edges.list.length, panels.length * from.length * to.length, percent);
  if (!panels.length) return drawn;
  return sentences(words.reading_lines, drawn, edges.rests.some(isShown) && words.left_out_bars, pins.list.length && scene.hasStrip && words.strip,
    scene.before, state.special !== 'show' && shareSentences(), +state.renormalise && words.renormalised, sumSentence(), scene.after);
}

// Lines ---------------------------------------------------------------------------------------------------

const isShown = rest => rest.mass > (1 - state.mass / 100) * rest.whole;

// The course of a line, and how it looks (bundles.c); `count` are drawn, of so many heads.
function shapeLine(edge, heads, count) {
  const [stroke, dash] = colors[edge.panel], least = data.leastOpacity, from = scene.from.end, to = scene.to.end;
  const root = Math.floor(50 * Math.sqrt(Math.min(edge.weight, 1)) + 0.5) / 50, weight = root * root;
  const slot = scene.pitch * 0.8 / heads * (edge.panel - (heads - 1) / 2), lane = from + (to - from) * (edge.panel + 1) / (heads + 1);
  const a = middleOf(edge.from) + slot, b = middleOf(edge.to) + slot;
  const curve = heads > 1 ? `C${pointText(a, lane)} ${pointText(b, lane)} ` : 'L';
  edge.d = 'M' + pointText(a, from) + curve + pointText(b, to);
  edge.look = { stroke, 'stroke-dasharray': weight >= 0.1 || count <= 1000 ? dash : null, 'stroke-width': num(0.5 + 5.5 * weight),
    'stroke-opacity': num(least + (1 - least) * root), opacity: state.special === 'dim' && endsOf(edge).some(unit => unit.kind) ? 0.3 : null };
}

function drawPaths(name, looks) {
  const group = part(name), old = [...group.children];
  looks.forEach((look, i) => set(old[i] ?? group.appendChild(svgElement('path')), look));
  for (const path of old.slice(looks.length)) path.remove();
}

// Lines of one look are one path.
function drawLines(name, list) {
  const bundles = {};
  for (const { look, d } of list) (bundles[Object.values(look)] ??= { ...look, d: '' }).d += d;
  drawPaths(name, Object.values(bundles));
}

// Those of pinned tokens once more, above the others.
function drawClear({ side, list }) {
  set(part('edges'), { opacity: list.length ? 0.08 : null });
  drawLines('clear', view.edges.list.filter(edge => list.includes(edge[side])));
}

function drawRests() {
  const thick = Math.min(6, scene.pitch * 0.3), bars = view.edges.rests.map((rest, i) => {
    const length = Math.max(2, 32 * Math.min(rest.mass, 1));
    return isShown(rest) ? boxAt(middleOf(i) - thick / 2, scene.from.end - 3 - length, thick, length) : '';
  });
  drawPaths('rests', [{ d: bars.join('') }]);
}

// Beside the side that is not pinned each head has a cell for each token. A view keeps them until others are looked at.
function stripOf(pins, at = view) {
  const key = JSON.stringify(pins), cells = {}, cell = boxAt(0, 0, scene.pitch, 15).slice(4);
  if (at.strip?.key === key) return at.strip;
  at.heads ??= headPanels(at.layer, data.heads.slice(0, 16)).map(shownPart);
  const weights = at.heads.map(panel => pinnedWeights(panel, pins)), along = scene[OTHER[pins.side]].map((_, i) => num(scene.start + scene.pitch * i));
  weights.forEach((column, head) => {
    const row = Float32Array.from(column), across = num(scene[pins.side].strip + 15 * head);
    row.forEach((weight, i) => {
      const level = levelOf(weight, state.scale, row);
      (cells[level] ??= { fill: rampColor(level), d: '' }).d += 'M' + point(along[i], across).join(' ') + cell;
    });
  });
  return at.strip = { key, weights, cells: Object.values(cells) };
}

function drawStrip(pins) {
  const shown = scene.hasStrip && pins.list.length;
  drawPaths('strip', shown ? stripOf(pins).cells : []);
  for (const side of SIDES) show(part('strip-' + side), shown && side === pins.side);
}

// The legend of the strip, which has the colours of the scale.
function drawScale() {
  const scale = byId('gaze-scale-' + state.scale).content.querySelector('g').cloneNode(true);
  data.ramp = data.ramps[state.scale] ?? data.ramps.sqrt;
  part('scale').replaceWith(show(scale, scene.hasStrip));
}

function drawHeadKey() {
  [...part('heads').children].forEach((item, i) => {
    show(item, view.panels[1] && view.panels[i]);
    item.lastChild.textContent = fill(words.head, state.heads[i]);
  });
}

// Columns -------------------------------------------------------------------------------------------------

// Beside a column labels are shifted to its line; above or below a row they lean, and wide ones stand.
function makeLabel(side, place) {
  const unit = scene[side][place], { label, places } = scene[side], [style, turn, ...shift] = places[+!unit.wide];
  const [x, y] = point(middleOf(place), label).map((at, i) => num(at + shift[i])), text = scene.texts[unit.i].cloneNode(true);
  return set(Object.assign(text, { place, side }),
    { x, y, style, transform: turn ? `rotate(${turn} ${x} ${y})` : null, role: 'option', tabindex: -1 });
}

// Where there is no room for all labels: those that are looked at, those of their lines and of others, and then the rest.
function writtenLabels({ side, list }) {
  const written = { from: new Set(), to: new Set(), [side]: new Set(list) }, { step } = scene;
  const offer = (side, i) => {
    for (let k = i - step + 1; k < i + step; k++) if (written[side].has(k)) return;
    written[side].add(i);
  };
  for (const looked of [true, false])
    for (const edge of view.edges.list.toReversed())
      if (list.includes(edge[side]) === looked) for (const side of SIDES) offer(side, edge[side]);
  for (const side of SIDES) scene[side].forEach((_, i) => offer(side, i));
  return written;
}

function drawLabels(pins) {
  const written = writtenLabels(pins);
  for (const side of SIDES)
    for (const text of GROUPS[side].children)
      show(set(text, { 'aria-selected': pins.side === side && pins.list.includes(text.place) }), written[side].has(text.place));
}

function drawPins({ side, list }) {
  const { label, places } = scene[side];
  set(part('pin'), { d: list.map(i => 'M' + pointText(middleOf(i), label) + places[+!scene[side][i].wide][4]
    .replace(/{(.*?)}/g, (_, k) => num(k * (scene[side][i].em * scene.font + 5)))).join('') });
}

// The values of the pinned tokens.
function drawTable(pins) {
  const body = document.querySelector('#gaze-values[open] tbody');
  if (!body) return;
  body.replaceChildren();
  if (pins.list.length) scene[OTHER[pins.side]].forEach((unit, i) => {
    const row = body.insertRow();
    row.appendChild(document.createElement('th')).textContent = unit.name;
    for (const weights of stripOf(pins).weights) row.insertCell().textContent = fixed(weights[i], 4);
  });
}

// Everything ----------------------------------------------------------------------------------------------

// What depends on which tokens are looked at, and on nothing else: done anew at every move of the mouse.
function showPins() {
  const pins = pinsNow();
  for (const show of [drawClear, drawLabels, drawPins, drawStrip, drawTable]) show(pins);
  say('readout', readoutText(pins));
  say('caption', captionText(pins));
  const shown = all('[role=option]:not([display])');
  if (shown[0] && shown.every(text => text.tabIndex)) reach(shown[0]);
}

async function draw() {
  const mine = ++drawn;
  figure.ariaBusy = true;
  const packed = unpackLayer(state.layer);
  if (packed) await packed;
  // Something else may have been asked for since.
  if (mine !== drawn) return;
  enterScene();
  preview = null;
  view = viewOf(state.layer);
  drawHeadKey();
  drawScale();
  drawLines('edges', view.edges.list);
  drawRests();
  showPins();
  showControls();
  say('heading', document.title = titleText());
  figure.ariaBusy = null;
  // The other layers, so that none has to be waited for.
  for (const layer of data.layers) {
    await unpackLayer(layer);
    await new Promise(done => setTimeout(done));
    if (mine !== drawn) return;
    if (view.panels[1]) continue;
    const at = viewOf(layer);
    if (scene.hasStrip) stripOf(pinsNow(), at);
  }
}

// Controls ------------------------------------------------------------------------------------------------

const selects = all('#gaze-controls select'), headButtons = all('.head');

function showControls() {
  for (const select of selects) select.value = state[select.id];
  byId('mode').value = modeNow();
  for (const number of all('.gaze-strip-heads text'))
    number.classList.toggle('gaze-chosen', state.heads.includes(+number.textContent));
  headButtons.forEach((button, i) => {
    const place = state.heads.indexOf(data.heads[i]), [color] = modeNow() === 'each' && colors[place] || colors[0];
    set(button, { 'aria-pressed': place >= 0, style: '--head:' + color });
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
  for (const select of selects) {
    select.value = address[select.id];
    if (select.value) state[select.id] = select.value;
  }
  if (heads != null) state.heads = picked(data.heads, heads);
  if (pin) Object.assign(state, { side: pin[0] === 'k' ? 'to' : 'from', pin: picked([...data.token.keys()], pin.slice(1)) });
}

// In the list, or out of it.
const toggled = (list, one) => (list.includes(one) ? list.filter(other => other !== one) : [...list, one]).sort((a, b) => a - b);

const nextOf = (list, now, by) => list.at((Math.max(list.indexOf(now), by < 0 ? 0 : -1) + by) % list.length);
const stepLayer = by => change({ layer: nextOf(data.layers, state.layer, by) });
const stepHead = by => change({ heads: [nextOf(data.heads, state.heads[0], by)] });

// Of many heads not each can be drawn, but the first ones can.
for (const select of selects) select.oninput = () =>
  change({ [select.id]: select.value, heads: select.value === 'each' ? state.heads.slice(0, colors.length) : state.heads });
byId('all').onclick = () => change({ heads: data.heads });
byId('none').onclick = () => change({ heads: [] });
byId('gaze-values')?.addEventListener('toggle', () => drawTable(pinsNow()));
headButtons.forEach((button, i) => {
  const head = data.heads[i], only = () => state.heads.join() === `${head}`;
  // The last one stays on.
  button.onclick = () => only() || change({ heads: toggled(state.heads, head) });
  button.ondblclick = () => change({ heads: only() ? data.heads : [head] });
});

// Mouse, touch, keys --------------------------------------------------------------------------------------

const mouseAt = event => new DOMPoint(event.clientX, event.clientY).matrixTransform(figure.getScreenCTM().inverse());

// The token at a point, as pins are written, or null.
function tokenAt({ x, y }) {
  const [along, across] = point(x, y), place = Math.floor((along - scene.start) / scene.pitch);
  const side = SIDES.find(side => scene[side].reach[0] <= across && across <= scene[side].reach[1]);
  return scene[side]?.[place] ? { side, list: [place] } : null;
}

// Of the lines that are as wide as a path the one at a point.
function edgeAt({ x, y }, path) {
  const width = path.getAttribute('stroke-width'), pen = new OffscreenCanvas(1, 1).getContext('2d');
  pen.lineWidth = width;
  return view.edges.list.findLast(({ d, look }) => look['stroke-width'] === width && pen.isPointInStroke(new Path2D(d), x, y));
}

function look(at) {
  if (JSON.stringify(at) === JSON.stringify(preview)) return;
  preview = at;
  showPins();
}

function pin(side, place, add) {
  const token = scene[side][place].start, here = side === state.side ? state.pin : [];
  change({ side, pin: add ? toggled(here, token) : here.join() === `${token}` ? [] : [token] }).then(speakReadout);
}

// One token can be reached with Tab; arrows move on from there.
function reach(text) {
  for (const one of all('text[tabindex="0"]')) one.tabIndex = -1;
  text.tabIndex = 0;
}

function focusToken(side, place) {
  const at = Math.max(0, Math.min(scene[side].length - 1, place));
  look({ side, list: [at] });
  GROUPS[side].children[at].focus();
}

figure.addEventListener('focusin', ({ target }) => {
  if (!target.side) return;
  look({ side: target.side, list: [target.place] });
  reach(target);
  speakReadout();
});
figure.onpointermove = event => {
  if (event.pointerType === 'touch') return;
  const mouse = mouseAt(event);
  look(tokenAt(mouse));
  const edge = !preview && edgeAt(mouse, event.target);
  say('readout', edge ? linkText(edge, fixed(edge.weight, 4)) : readoutText(pinsNow()));
};
figure.onpointerleave = () => look(null);
figure.onclick = event => {
  const at = tokenAt(mouseAt(event));
  if (at) pin(at.side, at.list[0], event.shiftKey);
};

const ANYWHERE = { '[': () => stepLayer(-1), ']': () => stepLayer(1), ',': () => stepHead(-1), '.': () => stepHead(1), '?': showHelp, Escape: () => change({ pin: [] }) };
const ON_TOKEN = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter', ' '];

// Up and Down go along a column, Left and Right to the other one; where columns lie, it is the other way round.
function actOnToken({ key, target: { side, place }, shiftKey }) {
  const at = ON_TOKEN.indexOf(key), arrow = at ^ (scene.horizontal ? 2 : 0);
  if (at > 3) pin(side, place, shiftKey);
  else if (arrow < 2) focusToken(side, place + (arrow ? 1 : -1));
  else focusToken(arrow === 2 ? 'from' : 'to', place);
}

document.onkeydown = event => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || byId('gaze-help').open) return;
  const action = target.side && ON_TOKEN.includes(key) ? actOnToken : !target.matches('select') && ANYWHERE[key];
  if (!action) return;
  event.preventDefault();
  action(event);
};

// A window as narrow as a phone's has short lines, and most controls are folded.
if (innerWidth < 601) state.layout = 'narrow';
else byId('gaze-more').open = true;

// Begin.
onhashchange = () => draw(readState());
draw(readState());
