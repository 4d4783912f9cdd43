// How the program that makes one backup says what became of it: its standard output may be what fails.

/** E-BAK-01: it could not be made. */
export const EXIT_notMade = 3;
/** E-BAK-02: the journal itself does not verify. */
export const EXIT_damaged = 4;
