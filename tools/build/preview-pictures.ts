// Takes a picture of every sample in both languages and sizes, and reports what a policy or an eye would mind:
// console errors, text cut off, keys below 12 mm. Needs Debian's chromium.
// Usage: node tools/build.ts --preview && node tools/build/preview-pictures.ts OUTPUT_FOLDER [sample...]
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { contentSecurityPolicy } from '../../main/app-protocol.ts';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname;
  try {
    const body = readFileSync(join('dist/preview', path));
    const type = types[extname(path)] ?? 'application/octet-stream';
    response
      .writeHead(200, { 'content-type': type, 'content-security-policy': contentSecurityPolicy })
      .end(body);
  } catch {
    response.writeHead(404).end();
  }
});

/** Text that is cut off, and keys smaller than 12 mm. */
async function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      '#root *, [role=dialog] *, [role=alertdialog] *',
    )) {
      const text = element.textContent?.trim() ?? '';
      const style = getComputedStyle(element);
      const isCut =
        element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden' && text !== '';
      const isTall =
        element.scrollHeight > element.clientHeight + parseFloat(style.fontSize) * 0.35 &&
        style.overflowY === 'hidden' &&
        text !== '';
      if (isCut || isTall) found.push(`cut: ${text.slice(0, 60)}`);
      const box = element.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
        if (element.closest('.overflow-y-auto') === null && text !== '')
          found.push(`outside: ${text.slice(0, 60)}`);
      }
      const isKey = element.tagName === 'BUTTON';
      if (isKey && (box.height < 71 || box.width < 71))
        found.push(`small key ${box.width}x${box.height}: ${text}`);
    }
    return [...new Set(found)];
  });
}

async function shoot(folder: string, wanted: readonly string[]): Promise<void> {
  const { port } = server.address() as { port: number };
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const { samples } = await import('../../renderer/preview/samples.ts');
  for (const size of sizes) {
    for (const name of Object.keys(samples).filter((one) => wanted.length === 0 || wanted.includes(one))) {
      for (const language of ['zh', 'en']) {
        const page = await browser.newPage({ viewport: size });
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.goto(`http://127.0.0.1:${port}/index.html#${name}/${language}`);
        await page.waitForSelector('#root > *');
        await page.evaluate(() => document.fonts.ready);
        for (const key of samples[name]?.keys ?? []) await page.keyboard.press(key);
        if (samples[name]?.keys) await page.waitForTimeout(400);
        complaints.push(...(await faults(page)));
        await page.screenshot({ path: join(folder, `${name}-${language}-${size.width}.png`) });
        for (const complaint of complaints) console.log(`${name} ${language} ${size.width}: ${complaint}`);
        await page.close();
      }
    }
  }
  await browser.close();
}

const [folder = '.cache/screens', ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
server.listen(0, '127.0.0.1', () => void shoot(folder, wanted).finally(() => server.close()));
