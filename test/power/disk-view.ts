// Contents and names of files after some changes. Copies share contents until one of them changes.
import { dirname } from 'node:path';

export type FileId = number;
export type Files = ReadonlyMap<string, Buffer>;

export type Alteration =
  | { kind: 'write'; file: FileId; offset: number; bytes: Buffer }
  | { kind: 'truncate'; file: FileId; size: number }
  | { kind: 'name'; path: string; file: FileId }
  | { kind: 'unname'; path: string }
  | { kind: 'rename'; path: string; to: string }
  | { kind: 'directory'; path: string };

export type Change = { id: number } & Alteration;

/** `room`: as long as the file may grow without being copied. */
type Content = { room: Buffer; size: number };

const nothing: Content = { room: Buffer.alloc(0), size: 0 };

export class DiskView {
  readonly #base: string;
  readonly #names: Map<string, FileId>;
  readonly #directories: Set<string>;
  readonly #contents: Map<FileId, Content>;
  readonly #own = new Set<FileId>();

  constructor(
    base: string,
    from?: { names: Map<string, FileId>; directories: Set<string>; contents: Map<FileId, Content> },
  ) {
    this.#base = base;
    this.#names = new Map(from?.names);
    this.#directories = new Set(from?.directories);
    this.#contents = new Map(from?.contents);
  }

  /** Of neither is a change seen in the other. */
  copy(): DiskView {
    this.#own.clear();
    const [names, directories, contents] = [this.#names, this.#directories, this.#contents];
    return new DiskView(this.#base, { names, directories, contents });
  }

  put(path: string, file: FileId, bytes: Buffer): void {
    this.#names.set(path, file);
    this.#contents.set(file, { room: bytes, size: bytes.length });
    for (let at = dirname(path); at !== this.#base; at = dirname(at)) this.#directories.add(at);
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'write': {
        const content = this.#grown(change.file, change.offset + change.bytes.length);
        change.bytes.copy(content.room, change.offset);
        return;
      }
      case 'truncate': {
        const content = this.#grown(change.file, change.size);
        content.room.fill(0, change.size);
        content.size = change.size;
        return;
      }
      case 'name':
        this.#names.set(change.path, change.file);
        return;
      case 'unname':
        this.#names.delete(change.path);
        return;
      case 'rename': {
        const file = this.#names.get(change.path);
        this.#names.delete(change.path);
        if (file !== undefined) this.#names.set(change.to, file);
        return;
      }
      case 'directory':
        this.#directories.add(change.path);
    }
  }

  /** What can be reached by a name. */
  files(): Files {
    const reached = [...this.#names].filter(([path]) => this.#isReached(dirname(path)));
    return new Map(
      reached.map(([path, file]) => {
        const { room, size } = this.#contents.get(file) ?? nothing;
        return [path, room.subarray(0, size)];
      }),
    );
  }

  #isReached(directory: string): boolean {
    if (directory === this.#base) return true;
    return this.#directories.has(directory) && this.#isReached(dirname(directory));
  }

  /** The file's content, this view's own, at least so long; what was not there before is zero. */
  #grown(file: FileId, size: number): Content {
    const before = this.#contents.get(file) ?? nothing;
    if (this.#own.has(file) && size <= before.room.length) {
      before.size = Math.max(before.size, size);
      return before;
    }
    const room = Buffer.alloc(Math.max(before.size, Math.ceil(size * 1.25)));
    before.room.copy(room, 0, 0, before.size);
    const grown = { room, size: Math.max(before.size, size) };
    this.#contents.set(file, grown);
    this.#own.add(file);
    return grown;
  }
}
