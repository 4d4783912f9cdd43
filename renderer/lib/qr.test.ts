// The drawn code is read by another's decoder, from the pixels that a screen would show.
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { codeSide_px, modulePixels, type QrDrawing, qrDrawing } from './qr.ts';

/** Paints the path's rectangles as the browser does, and reads the picture. */
function read({ size, path }: QrDrawing, scale: number): string | undefined {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const first = (row * side + Number(x) * scale) * 4;
      for (let at = first; at < first + Number(width) * scale * 4; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  return jsqr(pixels, side, side)?.data;
}

const contents = [
  'weixin://wxpay/bizpayurl?pr=p4lpSuKzz',
  'https://qr.alipay.com/bax03206ug0kulveltqc80a8',
  'https://qr.95516.com/00010000/01220001234567890123456789012345',
  `https://pay.example.cn/c/${'0123456789abcdef'.repeat(8)}?a=支付`,
];

describe('a code on the screen', () => {
  it.each(contents)('says %s', (content) => {
    expect(read(qrDrawing(content), 4)).toBe(content);
  });

  it('keeps four light modules around it', () => {
    const { size, path } = qrDrawing(contents[0] ?? '');
    const places = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((one) => one.slice(1).map(Number));
    const [lefts, tops] = [places.map(([x = 0]) => x), places.map(([, y = 0]) => y)];
    const rights = places.map(([x = 0, , width = 0]) => x + width);
    expect([Math.min(...lefts), Math.min(...tops)]).toEqual([4, 4]);
    expect([Math.max(...rights), Math.max(...tops) + 1]).toEqual([size - 4, size - 4]);
  });

  it.each([
    ['10.1 inch, 1280 x 800', 5.94, 800],
    ['15.6 inch, 1920 x 1080', 5.56, 1080],
    ['21.5 inch, 1920 x 1080', 4.03, 1080],
  ])('is at least 35 mm wide without its margin: %s', (_screen, pxPerMm, height_px) => {
    for (const content of contents) {
      const { size } = qrDrawing(content);
      const side_px = (size - 8) * modulePixels(size, codeSide_px(pxPerMm, height_px));
      expect(side_px / pxPerMm).toBeGreaterThanOrEqual(35);
    }
  });
});
