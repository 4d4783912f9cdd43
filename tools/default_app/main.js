// The part of Electron's own default_app that development needs: `electron [-r module] <folder | file> [parameters]`.
// Packed into resources/default_app.asar of the npm-carried runtime. CommonJS: Electron 33 loads it so.
'use strict';
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const asked = readParameters(process.argv.slice(1));
if (asked.target === undefined) fail('usage: electron [-r module] <folder | file> [parameters]');
for (const preload of asked.preloads) Module._load(preload, module, false);
start(path.resolve(asked.target));

/** Finds the application among the switches; -r and --version are honoured as in the stock default_app. */
function readParameters(parameters) {
  const preloads = [];
  for (let index = 0; index < parameters.length; index += 1) {
    const parameter = parameters[index];
    if (parameter === '-r' || parameter === '--require') {
      index += 1;
      preloads.push(parameters[index]);
    } else if (parameter === '-v' || parameter === '--version') {
      console.log(`v${process.versions.electron}`);
      process.exit(0);
    } else if (!parameter.startsWith('-')) {
      return { preloads, target: parameter };
    }
  }
  return { preloads, target: undefined };
}

function start(target) {
  let file = target;
  let isModule = target.endsWith('.mjs');
  try {
    const manifestPath = path.join(target, 'package.json');
    if (fs.existsSync(manifestPath)) {
      const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
      introduce(target, manifest);
      file = path.join(target, manifest.main ?? 'index.js');
      isModule = file.endsWith('.mjs') || (manifest.type === 'module' && !file.endsWith('.cjs'));
    }
  } catch (error) {
    fail(`cannot load the application at ${target}: ${error.stack}`);
  }
  if (isModule) {
    import(pathToFileURL(file).href).catch((error) => fail(error.stack));
    return;
  }
  process.mainModule = undefined;
  Module._load(Module._resolveFilename(file, null, true), module, true);
}

/** Name, version and folders as the application's package.json gives them. */
function introduce(folder, manifest) {
  if (manifest.version) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name ?? app.getName());
  if (typeof manifest.desktopName === 'string') app.setDesktopName(manifest.desktopName);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  app.setAppPath(folder);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
