// The few members of escpos 2.5.2 that are right (reference devices 2.1); the rest stays out of reach on purpose.
declare module 'escpos/printer.js' {
  type Adapter = { write(bytes: Buffer, done?: () => void): void };
  class Printer {
    constructor(adapter: Adapter);
    print(bytes: Buffer): this;
    /** Encodes as GB18030. */
    pureText(text: string): this;
    align(align: 'lt' | 'ct' | 'rt'): this;
    feed(lines: number): this;
    flush(): this;
  }
  export default Printer;
}
