// Each line needs something that the domain's environment doesn't have.
export const environment = process.env;
export const page = document.title;
export const bytes = Buffer.from('');
export const timer = setTimeout(() => undefined, 1);
console.log('x');
