// Locks down (Electron's security checklist): no permission, navigation, window, webview, nor request but to our own page.
import type { Session, WebContents, WebPreferences } from 'electron';
import { PAGE_ORIGIN } from './app-protocol.ts';

export function pagePreferences(preloadFile: string, dev: boolean): WebPreferences {
  return {
    preload: preloadFile,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    devTools: dev,
    spellcheck: false,
    // A till shows its state whether or not the window manager thinks it visible, and its tones need no click first.
    backgroundThrottling: false,
    autoplayPolicy: 'no-user-gesture-required',
  };
}

/** True for our own page's origin: compared as a parsed URL, never by a part of its text. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return `${protocol}//${host}` === PAGE_ORIGIN && username === '' && password === '';
}

export function guardSession(session: Session, dev: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const isDevTools = dev && details.url.startsWith('devtools://');
    answer({ cancel: !isDevTools && !isPageUrl(details.url) });
  });
}

export function guardContents(contents: WebContents): void {
  const prevent = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('before-input-event', (event, input) => {
    // Reload, zoom, print, find, developer tools: a till's keys are plain keys.
    if (input.control || input.meta || input.alt) event.preventDefault();
  });
}

/** Only the main frame of our own page may use the one channel to main. */
export function isTrustedSender(sender: { url: string } | null, mainFrame: { url: string }): boolean {
  return sender !== null && sender === mainFrame && isPageUrl(sender.url);
}
