// chooseEdges: which links are drawn as lines; the rule of viz/edges.c, number for number.

const PER_ROW = 12, SURE = 3, IN_ALL = 4000, LEAST = 0.02;

// The kept links of one row, strongest first, and the mass of the whole row.
function chooseRow(weights, panel, from, columns, share) {
  const links = [];
  let mass = 0, sum = 0, kept = 0;
  for (let to = 0; to < columns; to++) {
    const weight = weights[from * columns + to];
    mass += weight;
    if (!(weight > (links[PER_ROW - 1]?.weight ?? 0))) continue;
    let i = links.length;
    while (i > 0 && weight > links[i - 1].weight) i--;
    links.splice(i, 0, { panel, from, to, weight });
    links.splice(PER_ROW);
  }
  while (kept < links.length && (kept < SURE || (sum < share * mass && links[kept].weight >= LEAST))) sum += links[kept++].weight;
  return { links: links.slice(0, kept), mass };
}

// At most IN_ALL lines: the weakest go, of the rows that have most. Sorting is stable: of equal weights those go, and are
// drawn first, that come first by panel, row and column.
function limitEdges(runs) {
  const sure = Math.min(SURE, Math.floor(IN_ALL / runs.length)), excess = runs.flatMap(run => run.links).length - IN_ALL;
  if (excess <= 0) return;
  const spare = runs.flatMap(run => run.links.map((link, rank) => ({ run, link, rank })).slice(sure));
  spare.sort((a, b) => b.rank - a.rank || a.link.weight - b.link.weight);
  for (const { run } of spare.slice(0, excess)) run.links.pop();
}

// panels: arrays of rows x columns weights. A link goes `from` a row `to` a column. `share`: of a row's mass that is
// drawn, .9 unless the reader asks otherwise. Of a row the rest has a mass, of its `whole`; both are means over panels.
function chooseEdges(panels, rows, columns, share) {
  const rests = Array.from({ length: rows }, () => ({ mass: 0, whole: 0 }));
  const runs = panels.flatMap((weights, panel) => rests.map((_, row) => chooseRow(weights, panel, row, columns, share)));
  let mass = 0, drawn = 0;
  limitEdges(runs);
  runs.forEach((run, i) => {
    const sum = run.links.reduce((total, link) => total + link.weight, 0), rest = rests[i % rows];
    mass += run.mass;
    drawn += sum;
    rest.mass += (run.mass - sum) / panels.length;
    rest.whole += run.mass / panels.length;
  });
  return { list: runs.flatMap(run => run.links).sort((a, b) => a.weight - b.weight), rests, mass, drawn };
}
