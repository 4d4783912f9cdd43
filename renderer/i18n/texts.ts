/** The shape of a table of words with any text in each place. */
export type Texts<Table> = { [Key in keyof Table]: Table[Key] extends string ? string : Texts<Table[Key]> };
