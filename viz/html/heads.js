// The layers of a page: their heads, each unpacked when it is first asked for, or while nobody waits, and what all are together.

// Where any head is largest: heads are lists of roots.
function largestOfAny(heads) {
  const largest = heads[0].slice();
  for (const roots of heads) for (let i = 0; i < roots.length; i++) if (roots[i] > largest[i]) largest[i] = roots[i];
  return largest;
}

// packed: the heads in the order of `names`, each a text until its (n,n) roots take its place.
function layerOf(packed, names, n) {
  let mean = null;
  const rootsAt = i => typeof packed[i] === 'string' ? packed[i] = readRoots(packed[i], n * n) : packed[i];
  const heads = () => names.map((_, i) => rootsAt(i)), meanOfAll = () => mean ??= meanOf(heads());
  // Of a head, of the mean of all, or (max) of where any is largest.
  function weightsOf(name) {
    if (names.includes(name)) return meanOf([rootsAt(names.indexOf(name))]);
    return name === 'max' ? meanOf([largestOfAny(heads())]) : meanOfAll();
  }
  return { weightsOf, jobs: [...names.map((_, i) => () => rootsAt(i)), meanOfAll] };
}

// Those that a page holds, by their names. Of each: weightsOf a head, and the jobs that make all ready.
function layersOf(weights, names, n) {
  return Object.fromEntries(Object.entries(weights).map(([layer, packed]) => [layer, layerOf(packed, names, n)]));
}

// One thing after the other, from the first.
function workLater(jobs) {
  setTimeout(() => {
    jobs.shift()?.();
    if (jobs.length) workLater(jobs);
  });
}
