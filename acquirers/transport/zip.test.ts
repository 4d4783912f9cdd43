// The reader against archives of others (Python's zipfile), and against every kind of damage.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zipOf } from '../../fixtures/bills/zip.ts';
import { unzip, type ZipEntry } from './zip.ts';

const LIMIT_bytes = 1_000_000;

function python(program: string, input: Buffer): Buffer {
  const run = spawnSync('python3', ['-c', `import sys,zipfile,io\n${program}`], { input });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return run.stdout;
}

/** Written to a stream that can't go back: sizes stand behind the data. */
const unseekable = `
class Out(io.RawIOBase):
    def writable(self): return True
    def write(self, data): return sys.stdout.buffer.write(data)
`;
const add =
  "z.writestr('目录/', b''); z.writestr('目录/业务明细.csv', sys.stdin.buffer.read() * 50); z.writestr('b', b'')";

it.each([
  [
    'stored',
    "b = io.BytesIO()\nwith zipfile.ZipFile(b, 'w') as z: ADD\nsys.stdout.buffer.write(b.getvalue())",
  ],
  [
    'deflated',
    "b = io.BytesIO()\nwith zipfile.ZipFile(b, 'w', zipfile.ZIP_DEFLATED) as z: ADD\nsys.stdout.buffer.write(b.getvalue())",
  ],
  [
    'with a comment',
    "b = io.BytesIO()\nwith zipfile.ZipFile(b, 'w', 8) as z:\n    ADD\n    z.comment = b'PK\\x05\\x06' + b'x' * 30\nsys.stdout.buffer.write(b.getvalue())",
  ],
  ['streamed', `${unseekable}\nwith zipfile.ZipFile(Out(), 'w', 8) as z: ADD`],
])("reads Python's, %s", (_, program) => {
  const archive = python(program.replace('ADD', add), Buffer.from('一码,1.00\n'));
  expect(unzip(archive, LIMIT_bytes)).toEqual([
    { name: '目录/业务明细.csv', bytes: Buffer.from('一码,1.00\n'.repeat(50)) },
    { name: 'b', bytes: Buffer.alloc(0) },
  ]);
});

it.each([
  ['bz2', 'zipfile.ZIP_BZIP2', /packing method 12/],
  ['lzma', 'zipfile.ZIP_LZMA', /flags|packing method 14/],
])('refuses %s', (_, method, fault) => {
  const program = `b = io.BytesIO()\nwith zipfile.ZipFile(b, 'w', ${method}) as z: ${add}\nsys.stdout.buffer.write(b.getvalue())`;
  expect(unzip(python(program, Buffer.from('x')), LIMIT_bytes)).toEqual({
    fault: expect.stringMatching(fault),
  });
});

const files = [
  { name: '20880011_20261128_业务明细.csv', bytes: Buffer.from('a,b\n'.repeat(99)) },
  { name: '20880011_20261128_业务明细(汇总).csv', bytes: Buffer.from('sum') },
];

it('reads what the simulators pack, names in GBK, as Python does', () => {
  const archive = zipOf(files);
  expect(unzip(archive, LIMIT_bytes)).toEqual(files);
  const told = python(
    "z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); z.testzip() and sys.exit(1)\nfor i in z.infolist(): sys.stdout.buffer.write(i.filename.encode('cp437').decode('gbk').encode() + b'\\n' + z.read(i) + b'\\n')",
    archive,
  );
  expect(told.toString()).toBe(files.map(({ name, bytes }) => `${name}\n${bytes.toString()}\n`).join(''));
});

it('refuses what unpacks to more than it may, before it unpacks it', () => {
  const archive = zipOf([{ name: 'bomb', bytes: Buffer.alloc(LIMIT_bytes + 1) }]);
  expect(unzip(archive, LIMIT_bytes)).toEqual({ fault: 'unpacks to too much' });
  // The same, with a directory that lies about the size.
  const at = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  archive.writeUInt32LE(5, at + 24);
  expect(unzip(archive, LIMIT_bytes)).toEqual({ fault: expect.stringContaining('ERR_BUFFER_TOO_LARGE') });
});

const whole = zipOf(files);
const END = whole.length - 22;
const DIRECTORY = whole.readUInt32LE(END + 16);

/** One change, or several: [place, width, value]. */
it.each<[string, [number, 2 | 4, number][], RegExp]>([
  [
    'encrypted',
    [
      [6, 2, 1],
      [DIRECTORY + 8, 2, 1],
    ],
    /^flags 1:/,
  ],
  [
    'of a kind to come',
    [
      [6, 2, 0x2000],
      [DIRECTORY + 8, 2, 0x2000],
    ],
    /^flags 8192:/,
  ],
  ['that differs in its header', [[6, 2, 2]], /header and directory differ$/],
  ['packed otherwise in its header', [[8, 2, 0]], /header and directory differ$/],
  ['named otherwise in its header', [[30, 2, 0x4141]], /header and directory differ$/],
  ['that lies elsewhere', [[DIRECTORY + 42, 4, 1]], /is not where the directory says$/],
  ['that lies behind the directory', [[DIRECTORY + 42, 4, DIRECTORY]], /is not where the directory says$/],
  ['longer than its file', [[DIRECTORY + 20, 4, DIRECTORY]], /is cut short$/],
  ['of another CRC', [[DIRECTORY + 16, 4, 1]], /its CRC-32 differs$/],
  ['shorter than told', [[DIRECTORY + 24, 4, 397]], /has 396 bytes, not 397$/],
  ['on a second disk', [[END + 4, 2, 1]], /^is one of several volumes$/],
  ['of more than are here', [[END + 10, 2, 3]], /^is one of several volumes$/],
  [
    'with one too few told',
    [
      [END + 8, 2, 1],
      [END + 10, 2, 1],
    ],
    /^the directory is broken$/,
  ],
  [
    'with one too many told',
    [
      [END + 8, 2, 3],
      [END + 10, 2, 3],
    ],
    /^the directory is broken$/,
  ],
  [
    'with very many told',
    [
      [END + 8, 2, 0xffff],
      [END + 10, 2, 0xffff],
    ],
    /^65535 entries$/,
  ],
  ['of 64 bits', [[END + 16, 4, 0xffffffff]], /^the directory is not where it should be$/],
])('refuses an archive %s', (_, changes, fault) => {
  const changed = Buffer.from(whole);
  for (const [at, width, value] of changes) changed.writeUIntLE(value, at, width);
  expect(unzip(changed, LIMIT_bytes)).toEqual({ fault: expect.stringMatching(fault) });
});

const isWhole = (found: ZipEntry[]) =>
  found.every(({ bytes }) => files.some((file) => file.bytes.equals(bytes)));

it('whatever is changed, nothing false comes out', () => {
  const archive = zipOf(files);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (changes) => {
        const changed = Buffer.from(archive);
        for (const [at, by] of changes) changed[at] = (changed[at] ?? 0) ^ by;
        const found = unzip(changed, LIMIT_bytes);
        // A name may have changed, a content never.
        expect('fault' in found || isWhole(found)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

it('refuses every cut, and every noise', () => {
  const archive = zipOf(files);
  for (let length = 0; length < archive.length; length += 1)
    expect(unzip(archive.subarray(0, length), LIMIT_bytes)).toHaveProperty('fault');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      expect(unzip(Buffer.from(noise), LIMIT_bytes)).toHaveProperty('fault');
      // A true end behind noise.
      const found = unzip(Buffer.concat([Buffer.from(noise), archive.subarray(-22)]), LIMIT_bytes);
      expect(found).toHaveProperty('fault');
    }),
  );
});
