/** The page around the preview: chooses state, theme, width and language of the panel, which is in a frame of its own. */
import { INTERFACE_LANGUAGES } from '../interfaceLanguages.ts';
import { STATES } from './states.ts';
import { THEMES } from './themes.ts';

const WIDTHS = ['300', '480', '800'];
const chosen = new URLSearchParams(location.hash.slice(1));
const frame = document.createElement('iframe');
const bar = document.createElement('form');

function choice(name: string, values: readonly string[]): void {
  const select = document.createElement('select');
  select.name = name;
  select.append(...values.map((value) => new Option(value, value, false, value === chosen.get(name))));
  select.addEventListener('change', () => {
    chosen.set(name, select.value);
    show();
  });
  if (!chosen.has(name)) chosen.set(name, values[0]!);
  const label = document.createElement('label');
  label.append(`${name} `, select);
  bar.append(label, ' ');
}

function show(): void {
  location.hash = chosen.toString();
  frame.style.width = `${chosen.get('width')!}px`;
  const language = chosen.get('language')!;
  const address = `panel${language === 'en' ? '' : `.${language}`}.html?state=${chosen.get('state')!}&theme=${chosen.get('theme')!}`;
  if (!frame.src.endsWith(address)) frame.src = address;
}

choice('state', Object.keys(STATES));
choice('theme', Object.keys(THEMES));
choice('width', WIDTHS);
choice('language', ['en', ...INTERFACE_LANGUAGES]);
frame.style.cssText = 'display: block; height: calc(100vh - 60px); margin-top: 8px; border: 1px solid gray;';
document.body.append(bar, frame);
show();
