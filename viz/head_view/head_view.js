// The head view of a page: the reader's choice (state) becomes matrices, lines and words, by the rules of the C files
// beside this one. What only changes its look is changed in place; columns are built anew when the tokens change.

const words = data.words, figure = byId('gaze-figure'), part = name => figure.querySelector('.' + name);
const T = data.token.length;
const state = { ...data.state, heads: [...data.state.heads], pin: [...data.state.pin] };
let scene, layout, preview = null, drawnAs = '';

// Matrices ------------------------------------------------------------------------------------------------

const unpacked = new Map();
function matrixOf(layer, head) { // (T,T), unpacked when it is first asked for
  const key = layer + ' ' + head;
  if (!unpacked.has(key)) unpacked.set(key, readWeights(data.weights[layer][data.heads.indexOf(head)], T * T, data.bits));
  return unpacked.get(key);
}

// Tokens, or words made of them: sum over the pieces attended to, mean over those that attend.
function join(a) {
  const { starts, all } = scene;
  if (state.unit === 'token') return a;
  const out = new Float32Array(all * all);
  for (let w = 0; w < all; w++)
    for (let v = 0; v < all; v++) {
      let sum = 0;
      for (let t = starts[w]; t < starts[w + 1]; t++)
        for (let s = starts[v]; s < starts[v + 1]; s++) sum += a[t * T + s];
      out[w * all + v] = sum / (starts[w + 1] - starts[w]);
    }
  return out;
}

function meanOf(list) {
  const out = new Float32Array(list[0].length);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (const a of list) sum += a[i];
    out[i] = sum / list.length;
  }
  return out;
}

function maxOf(list) {
  return list[0].map((_, i) => Math.max(...list.map(a => a[i])));
}

// What more than six heads are drawn as.
function modeNow() {
  return state.mode === 'each' && state.heads.length > data.colors.length ? 'mean' : state.mode;
}

function joinedPanels() {
  const list = state.heads.map(head => matrixOf(state.layer, head));
  if (list.length === 0) return [];
  if (modeNow() === 'mean') return [join(meanOf(list))];
  return modeNow() === 'max' ? [maxOf(list.map(join))] : list.map(join);
}

// The rows and columns that are shown, each divided by its sum where that is asked for.
function shownPart(a) {
  const { rows, columns, all } = scene, out = new Float32Array(rows.length * columns.length);
  let to = 0;
  for (const row of rows) {
    const begin = to;
    let sum = 0;
    for (const column of columns) sum += out[to++] = a[row.index * all + column.index];
    for (let i = begin; i < to && state.renormalise && sum > 0; i++) out[i] /= sum;
  }
  return out;
}

function unitsNow() {
  const texts = byId(state.unit === 'word' ? 'gaze-words' : 'gaze-tokens').content.querySelectorAll('text');
  const starts = state.unit === 'word' ? data.starts : Array.from({ length: T + 1 }, (_, i) => i);
  const units = data[state.unit].map((label, index) => ({
    ...labelOf(label), index, text: texts[index], name: texts[index].dataset.name, from: starts[index], to: starts[index + 1],
  }));
  return { units, starts };
}

function makeScene() {
  const { units, starts } = unitsNow(), kept = units.filter(unit => state.special !== 'hide' || !unit.special);
  const side = letter => kept.filter(unit => state.filter === 'all' || unit.segment === (letter === 'a' ? 0 : 1));
  scene = { all: units.length, starts, units, kept, rows: side(state.filter[0]), columns: side(state.filter[1]) };
  scene.joined = joinedPanels();
  scene.panels = scene.joined.map(shownPart);
  scene.strip = scene.caption = null;
  scene.edges = scene.panels.length ? chooseEdges(scene.panels, scene.rows.length, scene.columns.length, state.mass / 100)
    : { list: [], rests: scene.rows.map(() => ({ share: 0 })), mass: 0, drawn: 0 };
}

function stripMatrices() {
  scene.strip ??= data.heads.slice(0, 16).map(head => shownPart(join(matrixOf(state.layer, head))));
  return scene.strip;
}

// Pins: what is looked at now, by hand or by the mouse ------------------------------------------------------

// { side: 'from' or 'to', list: places in that column }
function pinsNow() {
  if (preview) return preview;
  const units = state.side === 'to' ? scene.columns : scene.rows;
  const list = state.pin.map(token => units.findIndex(unit => unit.from <= token && token < unit.to)).filter(i => i >= 0);
  return { side: state.side, list: [...new Set(list)] };
}

function pinnedWeight(panel, pins, token) {
  const C = scene.columns.length;
  const sum = pins.list.reduce((total, pin) => total + (pins.side === 'to' ? panel[token * C + pin] : panel[pin * C + token]), 0);
  return pins.list.length ? sum / pins.list.length : 0;
}

const opposite = pins => pins.side === 'to' ? scene.rows : scene.columns;

// Words ---------------------------------------------------------------------------------------------------

function titleText() {
  const { heads } = state, mode = modeNow(), list = heads.join(', ');
  const last = heads[heads.length - 1], gap = last - heads[0] + 1 !== heads.length;
  let head = words.no_head;
  if (data.title !== null) return data.title;
  if (heads.length && mode !== 'each')
    head = words['head_' + mode] + (heads.length === data.modelHeads ? '' : ` (${list})`);
  else if (heads.length === 1) head = fill(words.head, heads[0]);
  else if (heads.length) head = gap ? fill(words.heads_listed, list) : fill(words.heads, heads[0], last);
  const title = fill(words.layer, state.layer) + words.comma + head;
  return title[0].toUpperCase() + title.slice(1);
}

// 'it' attends to: 'cat' .49; '[CLS]' .20; 'mat' .14; 'the' .04; rest .12.
function readoutText(pins) {
  const names = (side => pins.list.map(i => side[i].name))(pins.side === 'to' ? scene.columns : scene.rows);
  if (names.length === 0 || scene.panels.length === 0) return '';
  const all = opposite(pins).map((unit, i) => ({
    name: unit.name,
    weight: scene.panels.reduce((sum, panel) => sum + pinnedWeight(panel, pins, i), 0) / scene.panels.length,
  }));
  const first = all.map((entry, i) => ({ ...entry, i })).sort((a, b) => b.weight - a.weight || a.i - b.i).slice(0, 4);
  let rest = all.reduce((sum, entry) => sum + entry.weight, 0);
  for (const entry of first) rest -= entry.weight;
  const links = first.map(entry => words.open_quote + entry.name + words.close_quote + weightText(entry.weight));
  return words.open_quote + names.join(words.between_quotes) + (pins.side === 'to' ? words.attended_by : words.attends_to) +
    [...links, words.rest + weightText(Math.max(rest, 0))].join(words.list_comma) + words.full_stop;
}

// What each kind of special token takes: "[SEP] takes 62 % of this head (hidden)."
function shareSentences() {
  const kinds = [...new Set(scene.units.filter(unit => unit.special).map(unit => unit.name))];
  const one = scene.panels.length === 1 && modeNow() === 'each' ? 1 : 0;
  const percent = share => fixed(100 * share, share >= 0.0005 && share < 0.0095 ? 1 : 0);
  return kinds.map(name => {
    const columns = scene.units.filter(unit => unit.special && unit.name === name), shares = scene.joined.map(a => {
      let sum = 0;
      for (const row of scene.kept) for (const column of columns) sum += a[row.index * scene.all + column.index];
      return sum / scene.kept.length;
    });
    const least = percent(Math.min(...shares)), most = percent(Math.max(...shares));
    const range = least === most ? fill(words.percent, least) : fill(words.percent_range, least, most);
    return name + words['takes' + one] + range + words['of_it' + one] + (state.special === 'hide' ? words.hidden : words.dimmed);
  });
}

// Rounded weights do not sum to 1; where whole rows are drawn, the weights that they were rounded from do.
function sumSentence() {
  const whole = state.filter === 'all' && state.special !== 'hide' && modeNow() !== 'max';
  if (data.sumsToOne && (whole || state.renormalise)) return words.sums_to_one;
  let least = Infinity, most = -Infinity;
  for (const panel of scene.panels)
    for (let i = 0; i < panel.length;) {
      let sum = 0;
      for (let k = 0; k < scene.columns.length; k++) sum += panel[i++];
      least = Math.min(least, sum);
      most = Math.max(most, sum);
    }
  return least > 0.995 && most < 1.005 ? words.sums_to_one : fill(words.sums_between, fixed(least, 2), fixed(most, 2));
}

function captionText(pins) {
  const { edges, panels, rows, columns } = scene, letter = c => c === 'a' ? words.text_a : words.text_b;
  if (panels.length === 0) return fill(words.edges_drawn, 0, 0, '0.0');
  const percent = fixed(edges.mass > 0 ? 100 * edges.drawn / edges.mass : 0, 1);
  const sentences = [words.reading_lines, fill(words.edges_drawn, edges.list.length, panels.length * rows.length * columns.length, percent)];
  if (edges.rests.some(isShown)) sentences.push(words.rest_bars);
  if (pins.list.length && layout.hasStrip) sentences.push(words.strip);
  if (state.filter !== 'all') sentences.push(fill(words.filtered, letter(state.filter[0]), letter(state.filter[1])));
  if (state.unit === 'word') sentences.push(words.joined);
  if (state.special !== 'show') sentences.push(...shareSentences());
  if (state.renormalise) sentences.push(words.renormalised);
  sentences.push(sumSentence());
  if (layout.pair) sentences.push(words.segments);
  if (layout.step > 1) sentences.push(fill(words.thinned, layout.step));
  sentences.push(words.counting);
  return sentences.reduce((text, sentence) => text + (text.endsWith('.') ? ' ' : '') + sentence, '');
}

// Lines ---------------------------------------------------------------------------------------------------

const isShown = rest => rest.share > 1 - state.mass / 100;

function courseOf(edge) {
  const heads = scene.panels.length, from = layout.from.end, to = layout.to.end, middle = (from + to) / 2;
  const offset = Math.min(3, layout.pitch * 0.7 / heads) * (edge.panel - (heads - 1) / 2);
  const a = layout.middle(edge.row) + offset, b = layout.middle(edge.column) + offset;
  const at = (along, across) => layout.point(along, across).map(num).join(' ');
  if (heads === 1) return `M${at(a, from)}L${at(b, to)}`;
  return `M${at(a, from)}C${at(a, middle)} ${at(b, middle)} ${at(b, to)}`;
}

function opacityOf(edge, pins) {
  const token = pins.side === 'to' ? edge.column : edge.row;
  if (pins.list.length && !pins.list.includes(token)) return 0.08;
  const special = scene.rows[edge.row].special || scene.columns[edge.column].special;
  return state.special === 'dim' && special ? 0.3 : undefined;
}

// As many children as there are things, made where they are missing.
function resize(group, count, name) {
  while (group.childElementCount > count) group.lastElementChild.remove();
  while (group.childElementCount < count) group.append(svgElement(name, {}));
  return group.children;
}

function drawEdges(pins) {
  const paths = resize(part('gaze-edges'), scene.edges.list.length, 'path');
  scene.edges.list.forEach((edge, i) => {
    const [color, dash] = data.colors[edge.panel];
    setAttributes(paths[i], {
      d: courseOf(edge), stroke: color, 'stroke-dasharray': dash ?? undefined, 'stroke-width': num(0.5 + 5.5 * Math.min(edge.weight, 1)),
      'stroke-opacity': num(0.15 + 0.85 * Math.sqrt(Math.min(edge.weight, 1))), opacity: opacityOf(edge, pins),
    });
  });
}

function drawRests() {
  const thick = Math.min(6, layout.pitch * 0.3), bars = scene.edges.rests.map((rest, i) => {
    if (!isShown(rest)) return '';
    const length = Math.max(2, REST_ROOM * Math.min(rest.mass, 1));
    return boxPath(...layout.point(layout.middle(i) - thick / 2, layout.from.end - 3 - length), ...layout.point(thick, length));
  });
  setAttributes(part('gaze-rests').firstElementChild, { d: bars.join('') });
}

// Beside the side that is not pinned, a cell for each token and head.
function drawStrip(pins) {
  const shown = layout.hasStrip && pins.list.length > 0, heads = part('gaze-strip-heads'), cells = new Map();
  const all = STRIP_CELL * layout.stripHeads, at = layout[pins.side === 'to' ? 'from' : 'to'].strip - (pins.side === 'to' ? all : 0);
  if (shown) stripMatrices().forEach((panel, head) => {
    const row = Float32Array.from(opposite(pins), (_, i) => pinnedWeight(panel, pins, i));
    row.forEach((weight, i) => {
      const level = levelOf(weight, data.scale, row);
      const box = boxPath(...layout.point(layout.start + layout.pitch * i, at + STRIP_CELL * head), ...layout.point(layout.pitch, STRIP_CELL));
      cells.set(level, (cells.get(level) ?? '') + box);
    });
  });
  const levels = [...cells.keys()].sort((a, b) => a - b), paths = resize(part('gaze-strip'), levels.length, 'path');
  levels.forEach((level, i) => setAttributes(paths[i], { fill: rampColor(level), d: cells.get(level) }));
  const group = svgElement('g', { class: 'gaze-muted', fill: data.muted, 'text-anchor': layout.horizontal ? 'end' : 'middle' });
  if (shown) data.heads.slice(0, 16).forEach((head, h) => {
    const [x, y] = layout.point(layout.start - 5 - (h % 2 ? 14 : 0), at + STRIP_CELL * h + STRIP_CELL / 2);
    group.append(svgElement('text', { x: num(x), y: num(layout.horizontal ? y + 4 : y) }, String(head)));
  });
  heads.replaceChildren(...(shown ? [group] : []));
}

function drawHeadKey() {
  const x = layout.legendX, group = part('gaze-heads'), shown = scene.panels.length > 1 ? state.heads : [];
  const moved = part('gaze-legend').moved ?? [0, 0];
  group.replaceChildren(...shown.flatMap((head, i) => {
    const y = layout.legendY + 12 + 18 * 7 + 6 + 18 * i - moved[1], [color, dash] = data.colors[i];
    return [
      svgElement('path', { d: `M${num(x - moved[0])} ${num(y - 4)}h40`, stroke: color, 'stroke-width': 3, 'stroke-dasharray': dash ?? undefined }),
      svgElement('text', { x: num(x - moved[0] + 48), y: num(y) }, fill(words.head, head)),
    ];
  }));
}

// Columns -------------------------------------------------------------------------------------------------

function placeLabel(text, unit, key, i) {
  const along = layout.middle(i), across = layout[key ? 'to' : 'from'].label;
  if (!layout.horizontal) return setAttributes(text, { x: num(across), y: num(along + 5) });
  if (unit.wide) {
    const y = key ? across : across - unit.em * layout.font;
    return setAttributes(text, { x: num(along), y: num(y), 'writing-mode': 'tb', style: 'writing-mode:vertical-rl' });
  }
  const x = along + (key ? 0 : 4), y = across + (key ? 4 : 0);
  return setAttributes(text, { x: num(x), y: num(y), transform: `rotate(${key ? 60 : -60} ${num(x)} ${num(y)})` });
}

function makeLabel(unit, key, i) {
  const text = document.importNode(unit.text, true);
  text.removeAttribute('data-name');
  text.place = i;
  setAttributes(text, { class: `gaze-token ${key ? 'K' : 'Q'}${i}` + (unit.special ? ' gaze-muted' : ''),
    fill: unit.special ? data.muted : undefined, role: 'option', tabindex: -1, 'aria-selected': 'false' });
  return placeLabel(text, unit, key, i);
}

// Where labels are thinned, those that are looked at are written all the same.
function drawSide(key, places) {
  const group = part(key ? 'gaze-keys' : 'gaze-queries'), units = key ? scene.columns : scene.rows;
  const crowded = i => places.some(place => place !== i && Math.abs(place - i) < layout.step);
  const shown = units.map((_, i) => i).filter(i => places.includes(i) || (i % layout.step === 0 && !crowded(i)));
  const old = [...group.children], same = !drawnAs.changed && old.length === shown.length && shown.every((i, k) => old[k].place === i);
  if (!same) group.replaceChildren(...shown.map(i => makeLabel(units[i], key, i)));
  setAttributes(group, { 'text-anchor': key || layout.horizontal ? undefined : 'end', role: 'listbox',
    'aria-multiselectable': 'true', 'aria-label': key ? words.key_tokens : words.query_tokens });
}

function drawHeadings() {
  const texts = part('gaze-headings').querySelectorAll('text'), { from, to, start, horizontal } = layout;
  const y = start - 26, x = start - 16, end = horizontal ? 'end' : undefined;
  const places = horizontal ? [[x, from.label - 12], [x, from.label + 4], [x, to.label + 12], [x, to.label + 28]]
    : [[from.label, y], [from.label, y + 16], [to.label, y], [to.label, y + 16]];
  places.forEach((place, i) => setAttributes(texts[i], { x: num(place[0]), y: num(place[1]), 'text-anchor': i < 2 ? 'end' : end }));
}

// Runs of neighbours that belong together: [from, to).
function runsOf(labels, together) {
  const runs = [];
  labels.forEach((label, i) => {
    if (i && together(label, labels[i - 1])) runs[runs.length - 1][1] = i + 1;
    else runs.push([i, i + 1]);
  });
  return runs;
}

function alongPath([from, to], across, inset) {
  const [x, y] = layout.point(layout.start + layout.pitch * from + inset, across);
  return `M${num(x)} ${num(y)}${layout.horizontal ? 'h' : 'v'}${num(layout.pitch * (to - from) - 2 * inset)}`;
}

function drawMarks() {
  const { rows, columns } = scene, { from, to } = layout, line = (d, width, dash) =>
    svgElement('path', { class: 'gaze-line', stroke: data.line, 'stroke-width': width, d: d.join(''), 'stroke-dasharray': dash });
  const pieces = (labels, at) => runsOf(labels, unit => unit.piece).filter(run => run[1] > run[0] + 1).map(run => alongPath(run, at, 2));
  const texts = labels => runsOf(labels, (a, b) => a.segment === b.segment), marks = [];
  if (layout.pitch >= 6) marks.push(line([...pieces(rows, from.label + 3), ...pieces(columns, to.label - 3)], 1));
  if (layout.pair) {
    for (const [labels, side, out] of [[rows, from, -9], [columns, to, 9]]) {
      const letters = svgElement('g', { class: 'gaze-muted', fill: data.muted });
      for (const run of texts(labels)) {
        const [x, y] = layout.point(layout.start + layout.pitch * (run[0] + run[1]) / 2, side.band + out);
        letters.append(svgElement('text', { x: num(x), y: num(y + 4), 'text-anchor': 'middle' }, labels[run[0]].segment ? words.text_b : words.text_a));
      }
      marks.push(line(texts(labels).map(run => alongPath(run, side.band, 1)), 2), letters);
    }
    const across = (labels, a, b) => texts(labels).slice(1).map(run => {
      const [x, y] = layout.point(layout.start + layout.pitch * run[0], a);
      return `M${num(x)} ${num(y)}${layout.horizontal ? 'v' : 'h'}${num(b - a)}`;
    });
    marks.push(line([...across(rows, from.band, from.end), ...across(columns, to.end, to.band)], 1, '3 3'));
  }
  part('gaze-marks').replaceChildren(...marks);
}

function drawPins(pins) {
  const side = layout[pins.side], extent = layout.horizontal ? 0 : side.extent, size = Math.max(layout.pitch, 15);
  const d = pins.list.map(i => boxPath(...layout.point(layout.middle(i) - size / 2, side.label - (pins.side === 'to' ? 2.5 : extent + 2.5)),
    ...layout.point(size, extent + 5)));
  setAttributes(part('gaze-pin'), { d: d.join('') });
}

function drawFrame() {
  const height = layout.bottom + 12, size = { width: num(layout.width), height: num(height) };
  setAttributes(figure, { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  setAttributes(part('gaze-paper'), size);
  setAttributes(part('gaze-keys').parentNode, { 'font-size': layout.font });
  const legend = part('gaze-legend'), x = layout.legendX - first.legendX, y = layout.legendY - first.legendY;
  legend.moved = [x, y];
  setAttributes(legend, { transform: x || y ? `translate(${num(x)} ${num(y)})` : undefined });
}

// Everything ----------------------------------------------------------------------------------------------

// What depends on which tokens are looked at, and on nothing else: done anew at every move of the mouse.
function showPins() {
  const pins = pinsNow(), paths = part('gaze-edges').children;
  scene.edges.list.forEach((edge, i) => setAttributes(paths[i], { opacity: opacityOf(edge, pins) }));
  drawSide(false, pins.side === 'from' ? pins.list : []);
  drawSide(true, pins.side === 'to' ? pins.list : []);
  for (const key of [false, true])
    for (const text of part(key ? 'gaze-keys' : 'gaze-queries').children) {
      const pinned = key === (pins.side === 'to') && pins.list.includes(text.place);
      setAttributes(text, { 'font-weight': pinned ? 700 : undefined, 'aria-selected': pinned });
    }
  drawPins(pins);
  drawStrip(pins);
  byId('gaze-readout').textContent = readoutText(pins);
  const hasPins = pins.list.length > 0;
  if (scene.caption !== hasPins) byId('gaze-caption').textContent = captionText(pins);
  scene.caption = hasPins;
  drawTable(pins);
  if (!figure.querySelector('.gaze-token[tabindex="0"]')) part('gaze-queries').firstElementChild?.setAttribute('tabindex', 0);
}

function drawTable(pins) {
  const details = byId('gaze-values'), table = details?.querySelector('table');
  if (!details || !details.open) return;
  const row = (kind, cells) => {
    const line = document.createElement('tr');
    cells.forEach((text, i) => {
      const cell = document.createElement(i && kind === 'td' ? 'td' : 'th');
      cell.textContent = text;
      cell.scope = i ? 'col' : 'row';
      line.append(cell);
    });
    return line;
  };
  table.replaceChildren(row('th', [words.values_of, ...data.heads.map(head => fill(words.head, head))]),
    ...opposite(pins).map((unit, i) => row('td', [unit.name, ...stripMatrices().map(panel => fixed(pinnedWeight(panel, pins, i), 4))])));
}

function layoutNow() {
  return layoutOf(scene.rows, scene.columns, state.layout === 'horizontal', Math.max(scene.panels.length, 1), data.heads.length);
}

function draw() {
  makeScene();
  preview = null;
  layout = layoutNow();
  const now = [state.unit, state.special === 'hide', state.filter, state.layout].join();
  const changed = now !== drawnAs.now;
  drawnAs = { now, changed };
  drawFrame();
  if (changed) {
    drawHeadings();
    drawMarks();
  }
  drawEdges(pinsNow());
  drawRests();
  drawHeadKey();
  showPins();
  drawnAs.changed = false;
  showControls();
  byId('gaze-heading').textContent = document.title = titleText();
}

// Controls ------------------------------------------------------------------------------------------------

const SELECTS = ['layer', 'mode', 'filter', 'unit', 'special', 'layout'], headButtons = [...document.querySelectorAll('.head')];

function showControls() {
  for (const id of SELECTS) if (byId(id)) byId(id).value = state[id];
  byId('renormalise').checked = state.renormalise;
  byId('mass').value = state.mass;
  byId('mass-text').textContent = state.mass + ' %';
  headButtons.forEach((button, i) => {
    const place = state.heads.indexOf(data.heads[i]);
    setAttributes(button, { 'aria-pressed': place >= 0 });
    const [color, , ink] = data.colors[modeNow() === 'each' && place >= 0 ? place : 0];
    button.style.cssText = `--head:${color};--head-ink:${ink}`;
  });
}

function change(changes) {
  Object.assign(state, changes);
  draw();
  const { layer, heads, mode, filter, unit, special, layout: stance, mass, side, pin } = state;
  writeAddress({ layer, heads: heads.join(','), mode, filter, unit, special, layout: stance, mass,
    renormalise: state.renormalise ? 1 : 0, pin: (side === 'to' ? 'k' : 'q') + pin.join(',') });
}

// A stranger's address: only what is a choice of this page is taken.
function readState() {
  const address = readAddress(), numbers = (text, allowed) =>
    [...new Set((text ?? '').split(',').filter(word => /^\d+$/.test(word)).map(Number))].filter(allowed).sort((a, b) => a - b);
  for (const id of SELECTS) {
    const option = [...(byId(id)?.options ?? [])].find(one => one.value === address[id]);
    if (option) state[id] = id === 'layer' ? Number(option.value) : option.value;
  }
  if ('heads' in address) state.heads = numbers(address.heads, head => data.heads.includes(head));
  if (address.renormalise) state.renormalise = address.renormalise === '1';
  if (/^\d+$/.test(address.mass)) state.mass = Math.min(100, Math.max(10, Number(address.mass)));
  if (/^[qk]/.test(address.pin)) {
    state.side = address.pin[0] === 'k' ? 'to' : 'from';
    state.pin = numbers(address.pin.slice(1), token => token < T);
  }
}

const sorted = heads => heads.sort((a, b) => a - b);

function toggleHead(head) { // the last one stays on
  const without = state.heads.filter(other => other !== head);
  if (without.length === state.heads.length) change({ heads: sorted([...without, head]) });
  else if (without.length) change({ heads: without });
}

function soloHead(head) {
  const alone = state.heads.length === 1 && state.heads[0] === head;
  change({ heads: alone ? [...data.heads] : [head] });
}

function step(list, now, by) {
  return list[(list.indexOf(now) + by + list.length) % list.length];
}

for (const id of SELECTS)
  byId(id)?.addEventListener('change', event => change({ [id]: id === 'layer' ? Number(event.target.value) : event.target.value }));
byId('renormalise').addEventListener('change', event => change({ renormalise: event.target.checked }));
byId('mass').addEventListener('input', event => change({ mass: Number(event.target.value) }));
byId('all').addEventListener('click', () => change({ heads: [...data.heads] }));
byId('none').addEventListener('click', () => change({ heads: [] }));
byId('gaze-values')?.addEventListener('toggle', () => drawTable(pinsNow()));
headButtons.forEach((button, i) => {
  button.addEventListener('click', () => toggleHead(data.heads[i]));
  button.addEventListener('dblclick', () => soloHead(data.heads[i]));
});

// Mouse, touch, keys --------------------------------------------------------------------------------------

// The token under the mouse: { side, list: [place] }, or null.
function tokenAt(event) {
  const box = figure.getBoundingClientRect(), scale = layout.width / box.width, { from, to } = layout;
  const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
  const [along, across] = layout.horizontal ? [x, y] : [y, x], place = Math.floor((along - layout.start) / layout.pitch);
  const side = across <= from.end && across >= from.label - from.extent - 8 ? 'from'
    : across >= to.end && across <= to.label + to.extent + 8 ? 'to' : '';
  const units = side === 'to' ? scene.columns : scene.rows;
  return side && place >= 0 && place < units.length ? { side, list: [place] } : null;
}

function look(at) {
  if (JSON.stringify(at) === JSON.stringify(preview)) return;
  preview = at;
  showPins();
}

function linkText(edge) {
  const head = modeNow() === 'each' ? fill(words.head, state.heads[edge.panel]) : words['head_' + modeNow()];
  return words.from + scene.rows[edge.row].name + words.to + scene.columns[edge.column].name + words.is + fixed(edge.weight, 4) +
    words.comma + fill(words.layer, state.layer) + words.comma + head;
}

figure.addEventListener('pointermove', event => {
  if (event.pointerType === 'touch') return;
  look(tokenAt(event));
  const edge = !preview && scene.edges.list[[...part('gaze-edges').children].indexOf(event.target)];
  byId('gaze-readout').textContent = edge ? linkText(edge) : readoutText(pinsNow());
});
figure.addEventListener('pointerleave', () => look(null));
figure.addEventListener('click', event => {
  const at = tokenAt(event);
  if (at) pin(at.side, at.list[0], event.shiftKey);
});

function pin(side, place, add) {
  const token = (side === 'to' ? scene.columns : scene.rows)[place].from, others = side === state.side && add ? state.pin : [];
  const alone = !add && side === state.side && state.pin.length === 1 && state.pin[0] === token;
  const without = others.filter(other => other !== token);
  change({ side, pin: alone ? [] : without.length < others.length ? without : sorted([...others, token]) });
  speak(byId('gaze-readout').textContent);
}

// One token can be reached with Tab; arrows move on from there.
function focusToken(side, place) {
  const key = side === 'to', units = key ? scene.columns : scene.rows, at = Math.max(0, Math.min(units.length - 1, place));
  look({ side, list: [at] });
  const text = figure.querySelector(`.${key ? 'K' : 'Q'}${at}`);
  for (const other of figure.querySelectorAll('.gaze-token[tabindex="0"]')) other.setAttribute('tabindex', -1);
  text.setAttribute('tabindex', 0);
  text.focus();
  speak(byId('gaze-readout').textContent);
}

const focused = () => document.activeElement?.classList.contains('gaze-token') ? document.activeElement : null;

function moveKey(key) {
  const text = focused(), side = text.parentNode === part('gaze-keys') ? 'to' : 'from';
  const [back, on, toFrom, toTo] = layout.horizontal ? ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
    : ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  if (key === back || key === on) focusToken(side, text.place + (key === on ? 1 : -1));
  else if (key === toFrom || key === toTo) focusToken(key === toTo ? 'to' : 'from', text.place);
}

figure.addEventListener('focusin', () => {
  const text = focused();
  if (text) look({ side: text.parentNode === part('gaze-keys') ? 'to' : 'from', list: [text.place] });
});

const KEYS = {
  '[': () => change({ layer: step(data.layers, state.layer, -1) }),
  ']': () => change({ layer: step(data.layers, state.layer, 1) }),
  ',': () => change({ heads: [step(data.heads, state.heads[0] ?? data.heads[0], -1)] }),
  '.': () => change({ heads: [step(data.heads, state.heads[0] ?? data.heads[data.heads.length - 1], 1)] }),
  '?': showHelp,
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || byId('gaze-help').open) return;
  const text = focused(), typing = event.target.matches('select, input');
  if (text && (event.key === 'Enter' || event.key === ' ')) pin(text.parentNode === part('gaze-keys') ? 'to' : 'from', text.place, event.shiftKey);
  else if (text && event.key.startsWith('Arrow')) moveKey(event.key);
  else if (event.key === 'Escape') change({ pin: [] });
  else if (KEYS[event.key] && !typing) KEYS[event.key]();
  else return;
  event.preventDefault();
});

// Begin: the style by which tokens isolate their lines without a script is not needed here.
figure.querySelectorAll('style')[1]?.remove();
makeScene();
const first = layoutNow(); // where C has put the legend
readState();
draw();
addEventListener('hashchange', () => { readState(); draw(); });
