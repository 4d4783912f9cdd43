import type { Link } from '../transport/link.ts';
import type { Frame } from '../scanner/frame.ts';
export type Printer = { link: Link; frame: Frame };
