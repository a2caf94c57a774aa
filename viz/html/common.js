// What the scripts of all pages share: the data, numbers as C writes them, elements, the address, help.

const data = JSON.parse(document.getElementById('gaze-data').textContent);
const byId = id => document.getElementById(id);

// The template with its {} replaced by the values, in order.
const fill = (template, ...values) => template.replace(/\{\}/g, () => String(values.shift()));

// A number with exactly so many decimals, halves away from zero, as C writes it.
function fixed(value, decimals) {
  const unit = 10 ** decimals;
  return (Math.sign(value) * Math.floor(Math.abs(value) * unit + 0.5) / unit).toFixed(decimals);
}

// The same without zeros at its end: a coordinate.
const num = value => String(Math.sign(value) * Math.floor(Math.abs(value) * 100 + 0.5) / 100);

// Sets what has changed; undefined or null takes an attribute away.
function set(element, attributes) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value == null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, value);
  }
  return element;
}

const svgElement = (name, attributes = {}, textContent = '') =>
  set(Object.assign(document.createElementNS('http://www.w3.org/2000/svg', name), { textContent }), attributes);

// A box as gaze_svg_box writes it.
const boxPath = (x, y, width, height) => `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}z`;

// #a=1&b=2 and back. What stands there is data of a stranger: the views check each value.
const readAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

const writeAddress = values => history.replaceState(null, '', '#' + String(new URLSearchParams(values)).replace(/%2C/g, ','));

let spoken = 0;
// Late and once, so that a reader is not flooded while the mouse moves.
function speak(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => { byId('gaze-spoken').textContent = text; }, 150);
}

const showHelp = () => byId('gaze-help').showModal();
byId('gaze-ask').onclick = showHelp;
document.documentElement.classList.add('live');

