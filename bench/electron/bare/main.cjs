// The limit of a kiosk's start: Electron with one full-screen window that holds one word. CommonJS: Electron 33 loads it so.
'use strict';
const fs = require('node:fs');
const { app, BrowserWindow, Menu } = require('electron');

// As the kiosk does (main/main.ts): the same window on the same kind of machine.
Menu.setApplicationMenu(null);
if (!fs.existsSync('/dev/dri')) app.disableHardwareAcceleration();
void app.whenReady().then(() => {
  const window = new BrowserWindow({ kiosk: true, frame: false, x: 0, y: 0, width: 1280, height: 800 });
  return window.loadURL('data:text/html,<body>bare</body>');
});
