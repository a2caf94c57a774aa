// How long pages take: CHROMIUM=... node tests/browser/timing.js KIND FILE [FOLDER]
//
// KIND is one of KINDS below. Prints a line of JSON: the number of elements; milliseconds from the start of navigation to
// the first contentful paint and to the first frame that has the whole picture; the median of several changes (another layer,
// another head) from two seconds after the picture on, each from the event to the end of the frame that shows it. What is
// missing did not come within 60 s.
// FOLDER has the libraries that bertviz's pages ask cdnjs.cloudflare.com for; there is no other network. Not a test:
// tools/bench_views.py calls it.
'use strict';

const path = require('node:path');
const { chromium } = require('playwright-core');

const LIMIT = 60000, READING = 2000, CHANGES = 5;

// Of a kind of page: what is there when its picture is, and what is changed, a select or things to click.
const KINDS = {
  'head-view': { ready: '.live #gaze-figure:not([aria-busy])', select: '#layer' },
  'model-view': { ready: '.live #gaze-figure', click: '.gaze-thumb' },
  'neuron-view': { ready: '.live #gaze-figure', select: '#gaze-head' },
  'text-view': { ready: '.live #gaze-figure', select: '#layer' },
  'compare': { ready: '.live #gaze-figure', select: '#a-layer' },
  'bertviz-head-view': { ready: '#vis line', select: '#layer' },
  'bertviz-model-view': { ready: '#vis line', click: '.attn_background ~ rect' },
  'bertviz-neuron-view': { ready: '#vis line', select: '#att_head' },
};

const LIBRARIES = { require: 'requirejs/require.js', d3: 'd3/dist/d3.min.js', jquery: 'jquery/dist/jquery.min.js' };

// Runs in the page, before its own scripts: notes the end of the first frame in which the picture is there.
function watch(ready) {
  const look = () => {
    if (document.readyState === 'loading' || !document.querySelector(ready)) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { window.benchPicture = performance.now(); };
    port2.postMessage(0); // is handled when style, layout and paint of this frame are done
  };
  requestAnimationFrame(look);
}

// Runs in the page: the milliseconds from one change to the end of the frame that shows it. Layers and heads are taken from the
// last one backwards, because a page of 512 tokens leaves out the first layers.
function change({ ready, select, click, turn }) {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const painted = () => new Promise(done => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  const act = () => {
    const heads = [...document.querySelectorAll(click ?? select)].filter(thumb => !thumb.querySelector('title')?.textContent.includes('mean'));
    if (click) return heads[heads.length - turn].dispatchEvent(new MouseEvent('click', { bubbles: true }));
    const list = document.querySelector(select), count = list.options.length;
    list.selectedIndex = (list.selectedIndex + count - 1) % count;
    for (const name of ['input', 'change']) list.dispatchEvent(new Event(name, { bubbles: true }));
  };
  return frame().then(async () => {
    const start = performance.now();
    act();
    while (!document.querySelector(ready)) await frame();
    return await painted() - start;
  });
}

const within = (promise, limit) => Promise.race([promise, new Promise(done => { setTimeout(done, limit).unref(); })]);
const median = list => list.sort((a, b) => a - b)[list.length >> 1];

async function serveLibraries(context, folder) {
  await context.route('https://cdnjs.cloudflare.com/**', route => {
    const name = path.basename(route.request().url()).split('.')[0];
    return route.fulfill({ path: path.join(folder, LIBRARIES[name]), contentType: 'text/javascript' });
  });
}

async function measure(page, file, kind) {
  const result = {};
  await page.addInitScript(watch, kind.ready);
  page.goto('file://' + path.resolve(file), { waitUntil: 'commit', timeout: LIMIT }).catch(() => {});
  const picture = page.waitForFunction(() => window.benchPicture, null, { timeout: LIMIT }).then(handle => handle.jsonValue());
  result.picture = await within(picture.catch(() => {}), LIMIT);
  const painted = page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length, null, { timeout: LIMIT });
  if (result.picture) await within(painted.catch(() => {}), LIMIT); // it is told of later than it happens
  Object.assign(result, await within(page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    elements: document.querySelectorAll('*').length,
  })).catch(() => {}), LIMIT));
  const times = [];
  // Whoever changes something has looked at the picture before.
  if (result.picture) await new Promise(done => { setTimeout(done, READING); });
  for (let turn = 1; result.picture && turn <= CHANGES; turn++) {
    const time = await within(page.evaluate(change, { ...kind, turn }), LIMIT);
    if (time === undefined) break;
    times.push(time);
  }
  return { ...result, change: median(times) };
}

async function main([name, file, folder]) {
  const server = await chromium.launchServer({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  const browser = await chromium.connect(server.wsEndpoint());
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 } });
  if (folder) await serveLibraries(context, folder);
  const result = await measure(await context.newPage(), file, KINDS[name]);
  await server.kill(); // a page that still computes would keep close() waiting
  console.log(JSON.stringify(result));
}

main(process.argv.slice(2));
