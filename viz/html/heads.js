// The heads of a page, each unpacked when it is first asked for, or while nobody waits; and what several are together.

const unpacked = new Map();

// Its roots: (n,n). `packed`: heads in the order of `names`.
function rootsOfHead(key, packed, names, name, n) {
  if (!unpacked.has(key)) unpacked.set(key, readRoots(packed[names.indexOf(name)], n * n));
  return unpacked.get(key);
}

// A head, the mean of all, or (max) the largest weight of any. rootsAt: of a head the roots.
function weightsOf(name, names, rootsAt) {
  const heads = (names.includes(name) ? [name] : names).map(rootsAt);
  if (name !== 'max') return meanOf(heads);
  return Float32Array.from(heads[0], (_, i) => squares[Math.max(...heads.map(roots => roots[i]))]);
}

// One thing after the other, from the first.
function workLater(jobs) {
  setTimeout(() => {
    jobs.shift()?.();
    if (jobs.length) workLater(jobs);
  });
}
