import iconv from 'iconv-lite';
export const log = iconv;
