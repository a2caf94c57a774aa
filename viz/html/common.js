// What the scripts of all pages share: the data, numbers as C writes them, elements, the address, help.

const data = JSON.parse(document.getElementById('gaze-data').textContent);
const byId = id => document.getElementById(id);

// The template with its {} replaced by the values, in order.
function fill(template, ...values) {
  return template.replace(/\{\}/g, () => String(values.shift()));
}

// A number with exactly so many decimals, halves away from zero, as C writes it.
function fixed(value, decimals) {
  const unit = 10 ** decimals, digits = Math.floor(Math.abs(value) * unit + 0.5);
  return (value < 0 && digits ? '-' : '') + (digits / unit).toFixed(decimals);
}

// The same without zeros at its end: a coordinate.
function num(value) {
  return String(Math.sign(value) * Math.floor(Math.abs(value) * 100 + 0.5) / 100);
}

// ".37"; "1.00" from .995 on.
function weightText(weight) {
  const text = fixed(weight, 2);
  return text.startsWith('0.') ? text.slice(1) : text;
}

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

// The square roots of weights, in 8 or 16 bits, as gaze_quantise makes them.
function squaresOf(bytes, count, bits) {
  const weights = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const root = bits === 16 ? (bytes[2 * i] | bytes[2 * i + 1] << 8) / 65535 : bytes[i] / 255;
    weights[i] = root * root;
  }
  return weights;
}

// The level of a weight, 0 to 255, as viz/scale.c has it. `row`: the weights beside it.
function levelOf(weight, scale, row) {
  const round = x => x > 0 ? Math.min(255, Math.floor(x + 0.5)) : 0;
  if (scale === 'linear') return round(255 * weight);
  if (scale === 'xn') return weight > 0 ? round(128 + 127 * Math.log2(weight * row.length) / 5) : 0;
  const most = scale === 'row-max' ? Math.max(...row) : 0;
  return round(255 * Math.sqrt(weight * (most > 0 ? 1 / most : 1)));
}

function rampColor(level) {
  return '#' + data.ramp.slice(6 * level, 6 * level + 6);
}

// Sets what has changed; undefined or null takes an attribute away.
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
  return element;
}

function svgElement(name, attributes = {}, text) {
  const element = setAttributes(document.createElementNS('http://www.w3.org/2000/svg', name), attributes);
  if (text !== undefined) element.textContent = text;
  return element;
}

// A box as gaze_svg_box writes it.
function boxPath(x, y, width, height) {
  return `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}z`;
}

// #a=1&b=2 and back. What stands there is data of a stranger: the views check each value.
function readAddress() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

function writeAddress(values) {
  history.replaceState(null, '', '#' + String(new URLSearchParams(values)).replace(/%2C/g, ','));
}

let spoken = 0;
// Late and once, so that a reader is not flooded while the mouse moves.
function speak(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => { byId('gaze-spoken').textContent = text; }, 150);
}

function showHelp() {
  const help = byId('gaze-help');
  if (help.open) help.close();
  else help.showModal();
}

byId('gaze-ask').onclick = byId('gaze-close').onclick = showHelp;
document.documentElement.classList.add('live');

