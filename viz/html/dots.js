// A matrix as a picture: a dot a weight, or a dot for the largest of several. No canvas: the bytes of a bitmap file are
// put together here, so that no browser's guard against fingerprints changes them.

// Levels (0 to 255) of rows x columns weights, `pool` a side in one dot: { levels, rows, columns }.
function dotsOf(weights, rows, columns, pool, scale) {
  const down = Math.ceil(rows / pool), across = Math.ceil(columns / pool), levels = new Uint8Array(down * across);
  for (let t = 0; t < rows; t++) {
    const row = weights.subarray(t * columns, (t + 1) * columns), begin = Math.floor(t / pool) * across;
    // The largest weight of a row tells levelOf what all would.
    const beside = scale === 'row-max' ? [Math.max(...row)] : row;
    for (let s = 0; s < columns; s++) {
      const dot = begin + Math.floor(s / pool), level = levelOf(row[s], scale, beside);
      if (level > levels[dot]) levels[dot] = level;
    }
  }
  return { levels, rows: down, columns: across };
}

// A Windows bitmap of 8 bits with a palette of the 256 colours of a ramp, as a data: address.
function bitmapOf({ levels, rows, columns, ramp = data.ramp }) {
  const line = Math.ceil(columns / 4) * 4, start = 54 + 1024, bytes = new Uint8Array(start + line * rows);
  const view = new DataView(bytes.buffer), put = (at, value) => view.setUint32(at, value, true);
  bytes.set([66, 77]);
  // At 26 one plane, at 28 its 8 bits.
  [[2, bytes.length], [10, start], [14, 40], [18, columns], [22, rows], [26, 8 << 16 | 1], [46, 256]].forEach(field => put(...field));
  // Blue comes first.
  for (let i = 0; i < 256; i++) put(54 + 4 * i, parseInt(ramp.slice(6 * i, 6 * i + 6), 16));
  for (let y = 0; y < rows; y++) bytes.set(levels.subarray(y * columns, (y + 1) * columns), start + line * (rows - 1 - y));
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
  return 'data:image/bmp;base64,' + btoa(text);
}
