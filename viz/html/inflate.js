// inflate(bytes, size): the `size` bytes that a zlib stream (RFC 1950, 1951) holds. Browsers have this too, but give
// the result only later; these pages need it at once, when a head is first shown. (That of the head view can wait.)

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// A table that is asked with the next `bits` bits: entry = symbol << 4 | length of its code.
function codeTable(lengths) {
  const bits = Math.max(1, ...lengths), entries = new Uint16Array(1 << bits);
  for (let length = 1, code = 0; length <= bits; length++, code <<= 1) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      let reversed = 0;
      for (let i = 0; i < length; i++) reversed |= (code >> i & 1) << (length - 1 - i);
      for (let i = reversed; i < entries.length; i += 1 << length) entries[i] = symbol << 4 | length;
      code++;
    }
  }
  return { bits, entries };
}

function inflate(bytes, size) {
  const out = new Uint8Array(size);
  // Behind the two bytes of the zlib header.
  let at = 2, hold = 0, held = 0, to = 0;

  function fill(n) {
    for (; held < n; held += 8) hold |= (bytes[at++] | 0) << held;
  }
  function take(n) {
    fill(n);
    const value = hold & ((1 << n) - 1);
    hold >>>= n;
    held -= n;
    return value;
  }
  function symbolOf(table) {
    fill(table.bits);
    const entry = table.entries[hold & ((1 << table.bits) - 1)];
    hold >>>= entry & 15;
    held -= entry & 15;
    return entry >> 4;
  }
  function stored() {
    at -= held >> 3;
    hold = held = 0;
    const length = bytes[at] | bytes[at + 1] << 8;
    out.set(bytes.subarray(at + 4, at + 4 + length), to);
    at += 4 + length;
    to += length;
  }
  function fixedTables() {
    const lengths = Array.from({ length: 288 }, (_, i) => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    return [codeTable(lengths), codeTable(new Array(30).fill(5))];
  }
  function dynamicTables() {
    const literals = take(5) + 257, distances = take(5) + 1, codes = take(4) + 4;
    const first = new Array(19).fill(0), lengths = [];
    for (let i = 0; i < codes; i++) first[ORDER[i]] = take(3);
    const table = codeTable(first);
    while (lengths.length < literals + distances) {
      const symbol = symbolOf(table);
      if (symbol < 16) lengths.push(symbol);
      else {
        const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
        let repeat = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
        while (repeat--) lengths.push(value);
      }
    }
    return [codeTable(lengths.slice(0, literals)), codeTable(lengths.slice(literals))];
  }
  function copy(symbol, distances) {
    const length = LENGTH_BASE[symbol - 257] + take(LENGTH_BITS[symbol - 257]);
    const code = symbolOf(distances), extra = code < 4 ? 0 : (code >> 1) - 1;
    const distance = (code < 4 ? code : (2 + (code & 1)) << extra) + 1 + take(extra);
    for (let i = 0; i < length; i++, to++) out[to] = out[to - distance];
  }

  for (let last = 0; !last && to <= size && at <= bytes.length + 4;) {
    last = take(1);
    const type = take(2);
    if (type === 0) stored();
    else {
      const [literals, distances] = type === 1 ? fixedTables() : dynamicTables();
      for (let symbol; (symbol = symbolOf(literals)) !== 256 && to < size;) {
        if (symbol < 256) out[to++] = symbol;
        else copy(symbol, distances);
      }
    }
  }
  return out;
}

function bytesOf(base64) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// Roots of weights, which gaze_put_weights_85 wrote.
function readRoots(base85, count) {
  return rootsOf(inflate(bytesOf85(base85), count * data.bits / 8));
}
