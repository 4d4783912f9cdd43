// The one function of qr-image 3.2 that we use; the package has no types.
declare module 'qr-image' {
  const qrImage: {
    /** Rows of modules, 1 = dark, without quiet zone. Throws over the largest QR code. */
    matrix(text: string, errorCorrection: 'L' | 'M' | 'Q' | 'H'): ArrayLike<number>[];
  };
  export default qrImage;
}
