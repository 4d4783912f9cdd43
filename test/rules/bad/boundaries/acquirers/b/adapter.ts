import type { A } from '../a/adapter.ts';
import type { Link } from '../../drivers/transport/link.ts';
export type B = A | Link;
