// Loaded into Electron's main process before the application (`electron -r`): says on stderr when the page has painted the text
// that YIMA_BENCH_TEXT names. The same for the kiosk and for a bare window. CommonJS: Electron 33 loads it so.
'use strict';
const { app } = require('electron');

const wanted = process.env.YIMA_BENCH_TEXT ?? '';

/** Runs in the page; answers once the text stands there and two frames were drawn after it. */
const wait = `new Promise((resolve) => {
  const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  const isThere = () => document.body.innerText.includes(${JSON.stringify(wanted)});
  if (isThere()) return painted();
  const watch = new MutationObserver(() => {
    if (!isThere()) return;
    watch.disconnect();
    painted();
  });
  watch.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    contents.executeJavaScript(wait).then(
      () => process.stderr.write('bench: painted\n'),
      (error) => process.stderr.write(`bench: ${error}\n`),
    );
  });
});
