// layoutOf: where everything of a head view stands; the rules of viz/head_view/layout.c, number for number.

const LABEL_EM = 14, STRIP_CELL = 12, REST_ROOM = 32, MARGIN = 24;
const SIN_60 = 0.8660254037844386, COS_60 = 0.5;
const SIZES = [ // tokens up to, pitch, span of the lines; both again for the horizontal layout
  [16, 24, 300, 34, 200], [32, 22, 360, 28, 240], [64, 18, 420, 20, 300],
  [128, 14, 520, 14, 380], [256, 8, 640, 8, 480], [Infinity, 4, 720, 4, 560],
];

// A label: its width in em, the text of the pair it stands in, whether it is special, wide, a piece of a word.
function labelOf([em, segment, special, wide, piece]) {
  return { em, segment, special: !!special, wide: !!wide, piece: !!piece };
}

function hasPair(labels) {
  return labels.some(label => label.segment !== labels[0].segment);
}

function longestLabel(l, labels) {
  let most = l.horizontal ? 2 * l.font : 96;
  for (let i = 0; i < labels.length; i += l.step) {
    const size = labels[i].em * l.font;
    most = Math.max(most, l.horizontal && !labels[i].wide ? size * SIN_60 + l.font * COS_60 : size);
  }
  return most;
}

// From the first edge to the last, across.
function placeAcross(l, at, span) {
  const band = l.pair ? 20 : 0, strip = l.hasStrip ? 10 + STRIP_CELL * l.stripHeads : 0, { from, to } = l;
  from.strip = at + strip - 10;
  from.band = from.strip + 10 + band / 2;
  from.label = at + strip + band + from.extent;
  from.end = from.label + 8 + REST_ROOM + 6;
  to.end = from.end + span;
  to.label = to.end + 8;
  to.band = to.label + to.extent + band / 2;
  to.strip = to.label + to.extent + band + 10;
  return to.label + to.extent + band + strip;
}

function layoutOf(rows, columns, horizontal, panels, heads) {
  const tokens = Math.max(rows.length, columns.length), size = SIZES.find(entry => tokens <= entry[0]);
  const l = { horizontal, pitch: size[horizontal ? 3 : 1], step: 1, from: {}, to: {}, tokens };
  l.pair = hasPair(rows) || hasPair(columns);
  l.font = l.pitch >= 18 ? 14 : 12;
  while (l.pitch * l.step < 12) l.step++;
  l.from.extent = longestLabel(l, rows);
  l.to.extent = longestLabel(l, columns);
  l.stripHeads = Math.min(heads, 16);
  l.hasStrip = tokens <= 128;
  if (horizontal) {
    l.bottom = placeAcross(l, 20, size[4]);
    l.start = MARGIN + 96;
    l.legendX = l.start + l.pitch * tokens + l.to.extent * COS_60 + 28;
    l.legendY = 20;
  } else {
    l.legendX = placeAcross(l, MARGIN, size[2]) + 28;
    l.start = l.legendY = 54;
    l.bottom = l.start + l.pitch * tokens;
  }
  l.width = l.legendX + 96 + (l.hasStrip ? 56 + 24 : 0) + MARGIN;
  l.bottom = Math.max(l.bottom, l.legendY + Math.max(18 * (7 + (panels > 1 ? panels + 1 : 0)), 176));
  l.middle = token => l.start + l.pitch * (token + 0.5);
  l.point = (along, across) => horizontal ? [along, across] : [across, along];
  return l;
}
