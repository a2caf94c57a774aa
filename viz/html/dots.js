// A matrix as a picture: a dot a weight, or a dot for the largest of several. No canvas: the bytes of a bitmap file are
// put together here, so that no browser's guard against fingerprints changes them.

// Levels (0 to 255) of rows x columns weights, `pool` a side in one dot: { levels, rows, columns }.
function dotsOf(weights, rows, columns, pool, scale) {
  const down = Math.ceil(rows / pool), across = Math.ceil(columns / pool), levels = new Uint8Array(down * across);
  for (let t = 0; t < rows; t++) {
    const row = weights.subarray(t * columns, (t + 1) * columns);
    for (let s = 0; s < columns; s++) {
      const dot = Math.floor(t / pool) * across + Math.floor(s / pool), level = levelOf(row[s], scale, row);
      if (level > levels[dot]) levels[dot] = level;
    }
  }
  return { levels, rows: down, columns: across };
}

// A Windows bitmap of 8 bits with a palette of the 256 colours of a ramp, as a data: address.
function bitmapOf({ levels, rows, columns, ramp = data.ramp }) {
  const line = Math.ceil(columns / 4) * 4, start = 54 + 1024, bytes = new Uint8Array(start + line * rows);
  const put = (at, value, size) => { for (let i = 0; i < size; i++) bytes[at + i] = value >>> 8 * i; };
  bytes.set([66, 77]);
  [[2, bytes.length], [10, start], [14, 40], [18, columns], [22, rows], [46, 256]].forEach(([at, value]) => put(at, value, 4));
  put(26, 1, 2);
  put(28, 8, 2);
  // Blue comes first.
  for (let i = 0; i < 256; i++) put(54 + 4 * i, parseInt(ramp.slice(6 * i, 6 * i + 6), 16), 4);
  for (let y = 0; y < rows; y++) bytes.set(levels.subarray(y * columns, (y + 1) * columns), start + line * (rows - 1 - y));
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
  return 'data:image/bmp;base64,' + btoa(text);
}
