// Weights in the scripts of pages that hold them: as bytes and numbers, as levels of a scale, as colours.

// ".372", "-.372", "1.000".
const shortText = (value, decimals) => fixed(value, decimals).replace(/\b0\./, '.');
// ".37"; "1.00" from .995 on.
const weightText = weight => shortText(weight, 2);

// What gaze_base85_append wrote: five digits are four bytes.
function bytesOf85(text) {
  const bytes = new Uint8Array(text.length * 4 / 5);
  for (let i = 0, at = 0; i < text.length; i += 5) {
    let group = 0;
    for (let k = i; k < i + 5; k++) {
      const code = text.charCodeAt(k) || 126;
      group = 85 * group + code - 40 - (code > 60) - (code > 92);
    }
    for (let shift = 24; shift >= 0; shift -= 8) bytes[at++] = group >>> shift;
  }
  return bytes;
}

// Pages hold the square roots of weights, in 8 or 16 bits, as gaze_quantise makes them.
const rootsOf = bytes => data.bits === 8 ? bytes : Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i] | bytes[2 * i + 1] << 8);

// Of each root the weight.
const squares = Float32Array.from({ length: 2 ** data.bits }, (_, root) => (root /= 2 ** data.bits - 1) * root);

// The mean of heads, each a list of roots.
function meanOf(heads) {
  const mean = new Float32Array(heads[0].length);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    for (const roots of heads) sum += squares[roots[i]];
    mean[i] = sum / heads.length;
  }
  return mean;
}

// The level of a weight, 0 to 255, as viz/scale.c has it. `row`: the weights beside it.
function levelOf(weight, scale, row) {
  const round = x => x > 0 ? Math.min(255, Math.floor(x + 0.5)) : 0;
  if (scale === 'linear') return round(255 * weight);
  if (scale === 'xn') return weight > 0 ? round(128 + 127 * Math.log2(weight * row.length) / 5) : 0;
  const most = scale === 'row-max' ? Math.max(...row) : 0;
  return round(255 * Math.sqrt(weight * (most > 0 ? 1 / most : 1)));
}

const rampColor = level => '#' + data.ramp.slice(6 * level, 6 * level + 6);
