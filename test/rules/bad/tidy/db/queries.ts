type Statement = { all(): unknown[]; get(): unknown; pluck(): Statement; iterate(): Iterable<unknown> };
declare const sql: { prepare(text: string): Statement };

export const direct = sql.prepare('SELECT * FROM sale').all();
export const plucked = sql.prepare(`SELECT sale_id FROM sale`).pluck().all();
const named = sql.prepare('SELECT * FROM attempt');
export const statements = { kept: sql.prepare('SELECT * FROM receipt'), one: sql.prepare('SELECT * FROM till') };
export const rows = [...named.iterate(), ...statements.kept.all(), statements.one.get()];
export const ordered = sql.prepare('SELECT * FROM sale ORDER BY sale_id').all();
