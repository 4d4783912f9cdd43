// Mistakes that an engineer might make and that only a power cut shows. Each is planted by changing a line of the product's
// text as it is loaded (plant.ts); the cuts must find it.
export const mistakes = {
  /** Acknowledged commits die with the page cache. */
  synchronousNormal: {
    file: '/db/open.ts',
    from: "sql.pragma('synchronous = FULL');",
    to: "sql.pragma('synchronous = NORMAL');",
  },
  /** A till whose head file is ahead of its journal refuses to sell. */
  headBeforeCommit: {
    file: '/db/store.ts',
    from: 'outbox.write(commit, head.sequence);\n    return head;',
    to: 'outbox.write(commit, head.sequence);\n    headFile.write(head);\n    return head;',
  },
  /** Sent again after the power comes back. */
  sentWithoutMark: {
    file: '/core/engine/dispatcher.ts',
    from: 'if (unmarked.length > 0)',
    to: 'if (unmarked.length < 0)',
  },
  /** The codes of queued payments can't be read any more. */
  keyDirectoryUnsynced: {
    file: '/db/code-vault.ts',
    from: '  syncNamesTo(directory);\n',
    to: '',
  },
} as const;

export type Mistake = keyof typeof mistakes;

export function isMistake(name: string): name is Mistake {
  return Object.hasOwn(mistakes, name);
}
