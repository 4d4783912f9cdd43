// The page has the DOM, not Node.
export const title = document.title;
export const environment = process.env;
export const bytes = Buffer.from('');
