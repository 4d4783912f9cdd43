// Scanner or person: people's speeds are never a scan and lose no key; scanners' speeds are one scan and leave no key.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { ScreenState } from './store.ts';
import { isWedgeOn, wedgeBar, wedgeGoods } from './wedge-goods.ts';
import { scannedText } from './wedge-keys.ts';
import { type Ending, gap_ms, silence_ms, type Stroke, type Verdict, WedgeDetector } from './wedge.ts';

type Heard = { typed: string; endings: Ending[]; passed: string[] };

/** Plays keys (`\n` is a suffix) each `gap` after the one before, with the page's timer at its due times. */
function play(keys: readonly { key: string; gap_ms: number }[]): Heard {
  const detector = new WedgeDetector<Stroke>();
  const heard: Heard = { typed: '', endings: [], passed: [] };
  let now_ms = 1000;
  const note = ({ typed, ending }: Omit<Verdict<Stroke>, 'passes'>): void => {
    heard.typed += typed.map(({ text }) => text).join('');
    if (ending !== null) heard.endings.push(ending);
  };
  const silenceUntil = (end_ms: number): void => {
    const due_ms = detector.due_ms();
    if (due_ms !== null && due_ms <= end_ms) note(detector.silence(due_ms));
  };
  for (const { key, gap_ms: gap } of keys) {
    now_ms += gap;
    silenceUntil(now_ms);
    const isSuffix = key === '\n';
    const text = isSuffix || key.length > 1 ? null : key;
    const verdict = detector.key({ text, isSuffix, at_ms: now_ms });
    note(verdict);
    if (verdict.passes) heard.passed.push(key);
  }
  silenceUntil(now_ms + 1000);
  expect(detector.due_ms()).toBeNull();
  return heard;
}

const evenly = (text: string, gap: number) => [...text].map((key) => ({ key, gap_ms: gap }));
const codeKey = fc.constantFrom(...'0123456789ABCabc-./$%');
const scan = (text: string): Ending => ({ kind: 'scan', text });

describe('a person', () => {
  it('is never taken for a scanner and loses no key, at 60 to 200 ms a key, Enter among them', () => {
    const key = fc.record({
      key: fc.oneof({ weight: 9, arbitrary: codeKey }, fc.constantFrom('\n', 'Backspace')),
      gap_ms: fc.integer({ min: 60, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 80 }), (keys) => {
        const { typed, endings, passed } = play(keys);
        expect(endings).toEqual([]);
        expect(typed).toBe(
          keys
            .map((one) => one.key)
            .filter((one) => one.length === 1 && one !== '\n')
            .join(''),
        );
        expect(passed).toEqual(keys.map((one) => one.key).filter((one) => one.length > 1 || one === '\n'));
      }),
    );
  });

  it('may roll over five keys at once', () => {
    expect(play(evenly('12345', 15))).toEqual({ typed: '12345', endings: [], passed: [] });
    expect(play(evenly('12345\n', 15))).toEqual({ typed: '12345', endings: [], passed: ['\n'] });
  });
});

describe('a scanner', () => {
  it('is heard whole and leaves no key, at 0 to 40 ms a key, with or without a suffix', () => {
    const burst = fc.array(fc.record({ key: codeKey, gap_ms: fc.integer({ min: 0, max: gap_ms }) }), {
      minLength: 6,
      maxLength: 64,
    });
    const suffix = fc.constantFrom('', '\n', '\n\n');
    fc.assert(
      fc.property(burst, suffix, (keys, end) => {
        const text = keys.map(({ key }) => key).join('');
        expect(play([...keys, ...evenly(end, 10)])).toEqual({ typed: '', endings: [scan(text)], passed: [] });
      }),
    );
  });

  it('may hesitate once it is known', () => {
    const keys = [...evenly('690182', 10), { key: '1', gap_ms: silence_ms }, ...evenly('000474', 10)];
    expect(play([...keys, { key: '\n', gap_ms: 70 }])).toEqual({
      typed: '',
      endings: [scan('6901821000474')],
      passed: [],
    });
  });

  it('scans twice in a row, after a person, and before one', () => {
    const keys = [
      ...evenly('ab', 120),
      { key: '6', gap_ms: 150 },
      ...evenly('901821\n', 8),
      { key: '6', gap_ms: 30 },
      ...evenly('901822', 8),
      ...evenly('cd\n', 120),
    ];
    expect(play(keys)).toEqual({
      typed: 'abcd',
      endings: [scan('6901821'), scan('6901822')],
      passed: ['\n'],
    });
  });

  it('gives no half code: neither the rest of a torn one, nor the beginning of an endless one', () => {
    const detector = new WedgeDetector<Stroke>();
    const key = (text: string, at_ms: number) => detector.key({ text, isSuffix: false, at_ms });
    key('6', 0);
    key('9', 10);
    // the page was busy: its timer ran before keys that had come in time
    expect(detector.silence(500).typed).toHaveLength(2);
    for (const [index, text] of [...'01821000474'].entries())
      expect(key(text, 20 + index * 10).typed).toEqual([]);
    expect(detector.key({ text: null, isSuffix: true, at_ms: 140 })).toEqual({
      passes: false,
      typed: [],
      ending: { kind: 'unreadable', reason: 'torn' },
    });
    expect(play(evenly(`${'7'.repeat(500)}\n`, 2))).toEqual({
      typed: '',
      endings: [{ kind: 'unreadable', reason: 'tooLong' }],
      passed: [],
    });
  });
});

describe('a burst in which something comes between', () => {
  const torn: Ending = { kind: 'unreadable', reason: 'torn' };
  const other = { key: 'Backspace', gap_ms: 3 };

  it('is no code, neither its beginning nor its rest, and the key of the person goes on', () => {
    const keys = [...evenly('69018210', 8), other, ...evenly('00474123\n', 8)];
    expect(play(keys)).toEqual({ typed: '', endings: [torn], passed: ['Backspace'] });
  });

  it('takes the space bar for a part of it, and presses nothing with it', () => {
    expect(play(evenly('BEGIN:V 1\n', 8))).toEqual({ typed: '', endings: [scan('BEGIN:V 1')], passed: [] });
    expect(play(evenly('a b', 100))).toEqual({ typed: 'ab', endings: [], passed: [' '] });
  });

  it('of several lines presses no Enter behind a short one', () => {
    const { typed, endings, passed } = play(evenly('BEGIN:VCARD\nN:Li\nEND:VCARD\n', 8));
    expect({ typed, endings, passed }).toEqual({
      typed: '',
      endings: [scan('BEGIN:VCARD'), torn, scan('END:VCARD')],
      passed: [],
    });
  });

  it('leaves a person the key that comes just behind it', () => {
    expect(play([...evenly('6901821000474\n', 8), { key: '5', gap_ms: 30 }])).toEqual({
      typed: '5',
      endings: [scan('6901821000474')],
      passed: [],
    });
  });
});

describe('a busy page, whose timer runs before keys that came in time', () => {
  const at = (detector: WedgeDetector<Stroke>, text: string, at_ms: number) =>
    detector.key({ text: text === '\n' ? null : text, isSuffix: text === '\n', at_ms });

  it('presses no Enter that is the suffix of a burst', () => {
    const detector = new WedgeDetector<Stroke>();
    for (const [index, text] of [...'6901821000474'].entries()) at(detector, text, index * 8);
    expect(detector.silence(500).ending).toEqual(scan('6901821000474'));
    expect(at(detector, '\n', 104)).toEqual({ passes: false, typed: [], ending: null });
    expect(at(detector, '\n', 2000).passes).toBe(true);
  });

  it('neither types the rest of a burst nor takes it for a code', () => {
    const detector = new WedgeDetector<Stroke>();
    for (const [index, text] of [...'69018210'].entries()) at(detector, text, index * 8);
    detector.silence(500);
    for (const [index, text] of [...'00474'].entries())
      expect(at(detector, text, 64 + index * 8)).toEqual({ passes: false, typed: [], ending: null });
    expect(at(detector, '\n', 104)).toEqual({
      passes: false,
      typed: [],
      ending: { kind: 'unreadable', reason: 'torn' },
    });
  });

  it('swallows nothing of a person who rolls over two keys', () => {
    const detector = new WedgeDetector<Stroke>();
    at(detector, '1', 0);
    expect(detector.silence(500).typed).toHaveLength(1);
    at(detector, '2', 30);
    const { typed, ending } = detector.silence(600);
    expect({ typed: typed.map(({ text }) => text), ending }).toEqual({ typed: ['2'], ending: null });
  });
});

describe('a busy browser, which hands keys on late', () => {
  /** Each key 8 ms after the one before by its own time, all `late_ms` late and 3 ms apart; the timer as the page sets it. */
  function playLate(text: string, late_ms: number): string[] {
    const detector = new WedgeDetector<Stroke>();
    const heard: string[] = [];
    let timer_ms = Infinity;
    const note = ({ typed, ending }: Omit<Verdict<Stroke>, 'passes'>): void => {
      heard.push(...typed.map((stroke) => `typed ${stroke.text}`));
      if (ending !== null) heard.push(ending.kind === 'scan' ? ending.text : ending.reason);
    };
    const runTimer = (now_ms: number): void => {
      if (timer_ms > now_ms) return;
      note(detector.silence(timer_ms));
      timer_ms = timer_ms + (detector.wait_ms(timer_ms) ?? Infinity);
    };
    for (const [index, key] of [...text].entries()) {
      const now_ms = late_ms + index * 3;
      runTimer(now_ms);
      const isSuffix = key === '\n';
      note(detector.key({ text: isSuffix ? null : key, isSuffix, at_ms: index * 8 }));
      timer_ms = now_ms + (detector.wait_ms(now_ms) ?? Infinity);
    }
    runTimer(Infinity);
    return heard;
  }

  it('tears no burst: the timer waits for the key behind', () => {
    for (const late_ms of [0, 39, 60, 500, 5000])
      for (const end of ['', '\n'])
        expect(playLate(`6901821000474${end}`, late_ms), `${late_ms} ms late`).toEqual(['6901821000474']);
  });

  it('loses no key of a person', () => {
    for (const late_ms of [0, 60, 5000]) expect(playLate('69', late_ms)).toEqual(['typed 6', 'typed 9']);
  });
});

describe('the keys of a scanner', () => {
  it('stand for what an American keyboard has there, whatever CapsLock, layout and input method make of it', () => {
    const keys: [string, boolean][] = [
      ['Digit6', false],
      ['Numpad9', false],
      ['KeyA', true],
      ['KeyA', false],
      ['Minus', false],
      ['Digit4', true],
      ['Period', false],
    ];
    expect(keys.map(([code, isShift]) => scannedText(code, isShift)).join('')).toBe('69Aa-$.');
    expect(
      ['Space', 'F2', 'ArrowDown', 'Backspace', 'Enter'].map((code) => scannedText(code, false)),
    ).toEqual(Array.from({ length: 5 }, () => null));
  });
});

it('goods are entered, what looks like a payment code never is', () => {
  expect(wedgeGoods(scan('6901821000474'))).toEqual({ barcode: '6901821000474' });
  expect(wedgeGoods(scan('R001000012'))).toEqual({ barcode: 'R001000012' });
  const codes = ['130123456789012345', '6212345678901234567', '281234567890123456789012'];
  // the shortest of Alipay's, two that ran into each other, and the beginning of an EMV payload
  const others = ['2812345678901234', '130123456789012345130123456789012346', 'hQVDUFYwMWEaTwegAAAA'];
  for (const code of [...codes, ...others]) expect(wedgeGoods(scan(code))).toEqual({ refusal: 'E-SCAN-11' });
  expect(wedgeGoods({ kind: 'unreadable', reason: 'torn' })).toEqual({ refusal: 'E-SCAN-01' });
});

describe('the wedge', () => {
  const snapshot = { wedge: { goods: true }, refusal: null } as unknown as Snapshot;
  const me = { id: 'lin', name: '林晓', role: 'cashier' as const };
  const on: ScreenState = { snapshot, receivedAt_ms: 0, link: 'online', me, refusal: null };
  const technician: ScreenState = { ...on, me: { ...me, role: 'technician' } };
  const signedOut: ScreenState = { ...on, me: null };
  const cut: ScreenState = { ...on, link: 'connecting' };
  const scanTest = { state: 'waiting', endsAt_ms: 60_000 };
  const triedOut = { ...on, snapshot: { ...snapshot, diagnosis: { scanTest } } as unknown as Snapshot };

  it('listens wherever it is configured, so that no burst types a PIN or presses a key', () => {
    expect([on, technician, signedOut, cut, triedOut].map(isWedgeOn)).toEqual([true, true, true, true, true]);
    const off: ScreenState[] = [
      { ...on, snapshot: null },
      { ...on, snapshot: { ...snapshot, wedge: { goods: false } } },
      { ...on, snapshot: { ...snapshot, refusal: { code: 'E-DB-01', detail: '' } } },
    ];
    expect(off.map(isWedgeOn)).toEqual([false, false, false]);
  });

  it('sells only for a seller who is signed in to a core that listens, and says so otherwise', () => {
    expect([on, signedOut, technician, cut, triedOut].map(wedgeBar)).toEqual([
      null,
      'E-SCAN-10',
      'E-SALE-02',
      'E-SALE-02',
      'E-SALE-02',
    ]);
  });
});
