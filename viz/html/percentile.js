// gaze_percentile_abs with p = .99: the size that 99 % of the numbers x do not exceed. The bits of floats, less the sign, have the
// order of their sizes: all are counted by the upper half of these, and only those in the half of the wanted one are sorted.
function percentile(x) {
  const bits = new Uint32Array(x.buffer, x.byteOffset, x.length), counts = new Uint32Array(1 << 15);
  const upperOf = i => bits[i] >>> 16 & 0x7fff;
  let upper = 0, rank = Math.ceil(0.99 * x.length) - 1;
  for (let i = 0; i < x.length; i++) counts[upperOf(i)]++;
  while (rank >= counts[upper]) rank -= counts[upper++];
  return x.filter((_, i) => upperOf(i) === upper).map(Math.abs).sort()[rank];
}
