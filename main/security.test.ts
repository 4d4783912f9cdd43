import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { guardContents, guardSession, isPageUrl, isTrustedSender, pagePreferences } from './security.ts';

type RequestListener = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;

function fakeSession() {
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
    handlers[name] = handler;
  };
  let onRequest: RequestListener = () => undefined;
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: {
      onBeforeRequest(listener: RequestListener) {
        onRequest = listener;
      },
    },
  });
  const isBlocked = (url: string) => {
    let cancel: boolean | undefined;
    onRequest({ url }, (response) => {
      cancel = response.cancel;
    });
    return cancel;
  };
  return { session, handlers, isBlocked };
}

function prevents(emitter: EventEmitter, name: string, ...args: unknown[]): boolean {
  let isPrevented = false;
  emitter.emit(
    name,
    {
      preventDefault: () => {
        isPrevented = true;
      },
    },
    ...args,
  );
  return isPrevented;
}

describe('the session', () => {
  it('grants no permission, whoever asks and for what', () => {
    const { session, handlers } = fakeSession();
    guardSession(session as unknown as Session, false);
    const answers: unknown[] = [];
    for (const permission of [
      'media',
      'hid',
      'serial',
      'usb',
      'clipboard-read',
      'openExternal',
      'fullscreen',
    ]) {
      handlers.request?.(...([null, permission, (granted: boolean) => answers.push(granted)] as never[]));
      answers.push(handlers.check?.(...([null, permission] as never[])));
    }
    answers.push(handlers.device?.(...([{}] as never[])));
    expect(new Set(answers)).toEqual(new Set([false]));
  });

  it('lets no request out but to our own page, and no download in', () => {
    const { session, isBlocked } = fakeSession();
    guardSession(session as unknown as Session, false);
    const blocked = [
      'https://example.com/',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'ws://x/',
      'devtools://devtools/',
    ];
    expect({
      blocked: blocked.map(isBlocked),
      own: isBlocked('app://till/assets/index.js'),
      download: prevents(session, 'will-download'),
    }).toEqual({ blocked: blocked.map(() => true), own: false, download: true });
  });
});

describe('web contents', () => {
  const events = ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'];

  it('neither navigate nor open anything', () => {
    let openHandler: (() => { action: string }) | undefined;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler(handler: () => { action: string }) {
        openHandler = handler;
      },
    });
    guardContents(contents as unknown as WebContents);
    expect({
      prevented: events.filter((name) => prevents(contents, name)),
      open: openHandler?.(),
      reload: prevents(contents, 'before-input-event', { control: true, key: 'r' }),
      digit: prevents(contents, 'before-input-event', { control: false, meta: false, alt: false, key: '5' }),
    }).toEqual({ prevented: events, open: { action: 'deny' }, reload: true, digit: false });
  });

  it('are sandboxed and isolated, without Node and without developer tools', () => {
    expect(pagePreferences('/p.cjs', false)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });
});

describe('the one channel to main', () => {
  it.each([
    ['app://till/index.html', true],
    ['app://till', true],
    ['app://till.evil.com/', false],
    ['app://evil/?app://till', false],
    ['https://till/', false],
    ['app://a@till/', false],
    ['about:blank', false],
    ['', false],
  ])('takes %s for our page: %s', (url, expected) => {
    expect(isPageUrl(url)).toBe(expected);
  });

  it('hears only the main frame of our own page', () => {
    const mainFrame = { url: 'app://till/index.html' };
    const elsewhere = { url: 'https://example.com/' };
    expect([
      isTrustedSender(mainFrame, mainFrame),
      isTrustedSender({ url: 'app://till/index.html' }, mainFrame),
      isTrustedSender(elsewhere, elsewhere),
      isTrustedSender(null, mainFrame),
    ]).toEqual([true, false, false, false]);
  });
});
