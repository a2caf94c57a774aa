// What the browser tests share: pages written by gaze, a browser without a network, records with any tokens.
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const folder = process.env.PAGES;
const TINY = 'tests/data/models/tiny-bert';
const PATIENCE = 120000; // milliseconds: a busy machine is slow, and not wrong

// Runs `gaze COMMAND ... -o NAME.html`, and returns the file's address.
let count = 0;
function write(command, ...words) {
  const file = path.join(folder, `${command}-${count++}.html`);
  execFileSync(process.env.GAZE, [command, '-o', file, ...words], { stdio: 'pipe' });
  return 'file://' + file;
}

// The static figure, as text.
function drawSvg(command, ...words) {
  const file = path.join(folder, `${command}-${count++}.svg`);
  execFileSync(process.env.GAZE, [command, '-o', file, ...words], { stdio: 'pipe' });
  return fs.readFileSync(file, 'utf8');
}

// Tests -----------------------------------------------------------------------------------------------------

const tests = [];
function test(name, body) {
  tests.push({ name, body });
}

// A page in a browser that has no network; an error or a request fails the test.
async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, offline: true, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.faults = [];
  page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') page.faults.push(message.text()); });
  page.on('pageerror', error => page.faults.push(error.stack));
  page.on('dialog', dialog => { page.faults.push('a dialog: ' + dialog.message()); dialog.dismiss(); });
  page.on('request', request => {
    if (request.url().split('#')[0] !== address.split('#')[0]) page.faults.push('a request: ' + request.url());
  });
  await page.goto(address);
  return page;
}

async function run(name) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  let failed = 0;
  for (const { name: title, body } of tests) {
    const pages = [];
    try {
      await body(async (address, options) => {
        const page = await open(browser, address, options);
        pages.push(page);
        return page;
      });
      for (const page of pages) if (page.faults.length) throw new Error(page.faults.join('\n'));
    } catch (error) {
      failed++;
      console.log(`${name}: ${title}: FAILED\n${error.stack}`);
    }
    for (const page of pages) await page.context().close();
  }
  await browser.close();
  console.log(`${name}: ${tests.length - failed} ok${failed ? `, ${failed} FAILED` : ''}`);
  process.exitCode = failed ? 1 : 0;
}

// Records ---------------------------------------------------------------------------------------------------

const crcs = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ n >>> 1 : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  return (bytes.reduce((crc, byte) => crcs[(crc ^ byte) & 255] ^ crc >>> 8, -1) ^ -1) >>> 0;
}

function npy(type, shape, bytes) {
  let head = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  head = head.padEnd(117) + '\n';
  const begin = Buffer.from([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, head.length & 255, head.length >> 8]);
  return Buffer.concat([begin, Buffer.from(head, 'latin1'), bytes]);
}

// A zip archive of stored files, which is what .npz is.
function zip(files) {
  const parts = [], index = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014B50, 0);
    common.copy(entry, 6, 0, 26);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt32LE(offset, 42);
    index.push(entry, Buffer.from(name));
    const head = Buffer.concat([Buffer.from([0x50, 0x4B, 3, 4]), common, Buffer.from(name), bytes]);
    parts.push(head);
    offset += head.length;
  }
  const directory = Buffer.concat(index), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054B50, 0);
  end.writeUInt16LE(index.length / 2, 8);
  end.writeUInt16LE(index.length / 2, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

// Softmax rows of several kinds, the same every time, as a record of these tokens.
function writeRecord(name, tokens, layers, heads, more = {}) {
  let seed = 12345;
  const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 4294967296;
  const T = tokens.length, files = {};
  for (let layer = 0; layer < layers; layer++) {
    const array = new Float32Array(heads * T * T);
    for (let row = 0; row < heads * T; row++) {
      const sharp = 1 + row / T % 5 * 2, line = Array.from({ length: T }, () => Math.exp(sharp * random()));
      const sum = line.reduce((a, b) => a + b);
      line.forEach((w, i) => { array[row * T + i] = w / sum; });
    }
    files[`attentions.${layer}.npy`] = npy('<f4', [1, heads, T, T], Buffer.from(array.buffer));
  }
  const meta = Buffer.from(JSON.stringify({ tokens: [tokens], ...more }));
  files['meta.npy'] = npy('|u1', [meta.length], meta);
  const file = path.join(folder, name + '.npz');
  fs.writeFileSync(file, zip(files));
  return file;
}

module.exports = { write, drawSvg, test, run, writeRecord, TINY };
