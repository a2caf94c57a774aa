// chooseEdges: which links are drawn as lines; the rule of viz/edges.c, number for number.

const PER_ROW = 12, SURE = 3, IN_ALL = 4000, LEAST_WEIGHT = 0.02;

function byWeight(a, b) {
  return a.weight - b.weight || a.panel - b.panel || a.row - b.row || a.column - b.column;
}

// The kept links of one row, strongest first, and the mass of the whole row.
function chooseRow(weights, panel, row, columns, share) {
  const links = [];
  let mass = 0, sum = 0, kept = 0;
  for (let column = 0; column < columns; column++) {
    const weight = weights[row * columns + column];
    mass += weight;
    if (!(weight > 0) || (links.length === PER_ROW && weight <= links[PER_ROW - 1].weight)) continue;
    let i = links.length;
    while (i > 0 && weight > links[i - 1].weight) i--;
    links.splice(i, 0, { panel, row, column, weight });
    if (links.length > PER_ROW) links.pop();
  }
  while (kept < links.length && (kept < SURE || (sum < share * mass && links[kept].weight >= LEAST_WEIGHT)))
    sum += links[kept++].weight;
  links.length = kept;
  return { links, mass };
}

// At most IN_ALL lines: the weakest go, of the rows that have most.
function limitEdges(runs) {
  const sure = Math.min(SURE, Math.floor(IN_ALL / runs.length));
  let excess = runs.reduce((count, run) => count + run.links.length, 0) - IN_ALL;
  for (let most = PER_ROW; most > sure && excess > 0; most--) {
    const last = runs.filter(run => run.links.length === most).sort((a, b) => byWeight(a.links[most - 1], b.links[most - 1]));
    for (const run of last.slice(0, excess)) run.links.pop();
    excess -= Math.min(last.length, excess);
  }
}

// panels: arrays of rows x columns weights. `share`: of a row's mass that is drawn, .9 unless the reader asks otherwise.
function chooseEdges(panels, rows, columns, share) {
  const runs = [], rests = Array.from({ length: rows }, () => ({ mass: 0, share: 0 }));
  let mass = 0, drawn = 0;
  panels.forEach((weights, panel) => {
    for (let row = 0; row < rows; row++) runs.push(chooseRow(weights, panel, row, columns, share));
  });
  limitEdges(runs);
  runs.forEach((run, i) => {
    const sum = run.links.reduce((total, link) => total + link.weight, 0), rest = rests[i % rows];
    mass += run.mass;
    drawn += sum;
    rest.mass += (run.mass - sum) / panels.length;
    rest.share += run.mass / panels.length;
  });
  for (const rest of rests) rest.share = rest.share > 0 ? rest.mass / rest.share : 0;
  return { list: runs.flatMap(run => run.links).sort(byWeight), rests, mass, drawn };
}
