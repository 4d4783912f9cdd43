// A QR code, drawn: black on white whatever the screen's colours are, each module a whole number of pixels.
import { useMemo } from 'react';
import { modulePixels, qrDrawing } from '../lib/qr.ts';

/** `side_px`: the most that it may take, its light margin included. */
export function QrCode({ content, side_px, name }: { content: string; side_px: number; name: string }) {
  const { size, path } = useMemo(() => qrDrawing(content), [content]);
  const drawn_px = size * modulePixels(size, side_px);
  return (
    <svg
      role="img"
      aria-label={name}
      width={drawn_px}
      height={drawn_px}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="shrink-0"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
