/**
 * Reads TMX files of whichever tool. They come from anywhere, so nothing about them is sure: entities of their own are refused, and what is no
 * TMX is one error that says where. Knows no file.
 */
import { SaxesParser } from 'saxes';
import { SaccadeError } from '../shared/failure.ts';
import { languageOfTag, type Language } from '../shared/task.ts';
import { t } from '../shared/words.ts';
import { LONGEST_TEXT, tidy, UNKNOWN_LANGUAGE, type MemoryEntry } from './memoryEntry.ts';

export interface TmxContent {
  readonly entries: readonly MemoryEntry[];
  /** Units that have no text in a language of the model, or one that is too long. */
  readonly leftOut: number;
}

const DEEPEST = 64;
/** Characters that are parsed at a time, so that nobody waits for a large file. */
const SLICE = 100_000;
/** Elements inside a segment whose content is another program's formatting of words, which are the same without it. */
const FORMATTING: ReadonlySet<string> = new Set(['bpt', 'ept']);
/** Those that stand for something in the text, such as a value or a picture; their content is how it is written there. */
const PLACED: ReadonlySet<string> = new Set(['ph', 'it', 'ut']);

interface Variant {
  readonly language: string;
  text: string;
  /** Something stands in the text that the file does not tell. */
  isIncomplete: boolean;
}

/**
 * @param rest lets others work, between two slices
 * @throws SaccadeError of kind "badInput" in one sentence
 */
export async function readTmx(text: string, now: number, rest: () => Promise<void>): Promise<TmxContent> {
  const reading = new Reading(now);
  for (let start = 0; start < text.length; start += SLICE) {
    reading.write(text.slice(start, start + SLICE));
    await rest();
  }
  return reading.end();
}

/** @throws SaccadeError of kind "badInput" where the bytes are not text in the encoding that they claim */
export function decodeXml(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new SaccadeError('badInput', t('Its characters cannot be read. Save it as UTF-8.'));
  }
}

/** A byte order mark says it, or the declaration does; else it is UTF-8. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const declaration = String.fromCharCode(...bytes.subarray(0, 200));
  return /^(?:\xEF\xBB\xBF)?<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
}

class Reading {
  private readonly parser = new SaxesParser();
  private readonly open: string[] = [];
  private readonly entries: MemoryEntry[] = [];
  private leftOut = 0;
  /** Of the header, and of the unit that is read. */
  private sourceLanguage = { ofAll: '', ofUnit: '' };
  private changed: number;
  private variants: Variant[] = [];

  constructor(private readonly now: number) {
    this.changed = now;
    const { parser } = this;
    parser.on('error', ({ message }) => {
      throw new SaccadeError('badInput', t('It is no sound XML: line {0}, {1}', parser.line, message.replace(/^\d+:\d+: /, '')));
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('[')) throw new SaccadeError('badInput', t('It brings definitions of its own (a DTD), which are not read.'));
    });
    parser.on('opentag', ({ name, attributes, isSelfClosing }) => this.opened(name, attributes, isSelfClosing));
    parser.on('closetag', ({ name }) => this.closed(name));
    parser.on('text', (text) => this.said(text));
    parser.on('cdata', (text) => this.said(text));
  }

  write(slice: string): void {
    this.parser.write(slice);
  }

  end(): TmxContent {
    this.parser.close();
    return { entries: this.entries, leftOut: this.leftOut };
  }

  private opened(name: string, attributes: Readonly<Record<string, string>>, isEmpty: boolean): void {
    if (this.open.length === 0 && name !== 'tmx')
      throw new SaccadeError('badInput', t('It is no translation memory: it begins with <{0}>, not with <tmx>.', name.slice(0, 40)));
    if (this.open.length === DEEPEST) throw new SaccadeError('badInput', t('Its elements are nested too deeply for a translation memory.'));
    if (!isEmpty) this.open.push(name);
    if (name === 'header') this.sourceLanguage.ofAll = attributes['srclang'] ?? '';
    if (name === 'tu') {
      this.variants = [];
      this.sourceLanguage.ofUnit = attributes['srclang'] ?? this.sourceLanguage.ofAll;
      this.changed = timeOf(attributes['changedate'] ?? attributes['creationdate'] ?? '') ?? this.now;
    }
    if (name === 'tuv')
      this.variants.push({ language: (attributes['xml:lang'] ?? attributes['lang'] ?? '').toLowerCase(), text: '', isIncomplete: false });
    const variant = this.variants.at(-1);
    if (isEmpty && variant && PLACED.has(name) && this.open.includes('seg')) variant.isIncomplete = true;
  }

  private closed(name: string): void {
    if (this.open.at(-1) === name) this.open.pop();
    if (name === 'tu') this.unitEnded();
  }

  private said(text: string): void {
    const variant = this.variants.at(-1);
    const segment = this.open.lastIndexOf('seg');
    if (!variant || segment < 0 || this.open.slice(segment).some((name) => FORMATTING.has(name))) return;
    // One character more tells that it is too long.
    variant.text = (variant.text + text).slice(0, LONGEST_TEXT + 1);
  }

  /** The source is the text in the unit's source language, or else the first one. */
  private unitEnded(): void {
    const wanted = primary(this.sourceLanguage.ofUnit.toLowerCase());
    const source = this.variants.find(({ language }) => primary(language) === wanted) ?? this.variants[0];
    const fits = ({ text, isIncomplete }: Variant): boolean => !isIncomplete && text.trim() !== '' && text.length <= LONGEST_TEXT;
    /** Of Brazil's Portuguese and Portugal's, the first. */
    const targets = new Map<Language, string>();
    for (const variant of this.variants) {
      const to = languageOfTag(variant.language);
      if (variant !== source && to !== undefined && !targets.has(to) && fits(variant)) targets.set(to, variant.text);
    }
    if (!source || !fits(source) || targets.size === 0) this.leftOut++;
    else
      for (const [to, text] of targets) {
        const from = source.language === '' ? UNKNOWN_LANGUAGE : source.language;
        this.entries.push({ source: tidy(source.text), target: tidy(text), from, to, time: Math.min(this.changed, this.now) });
      }
    this.variants = [];
  }
}

/** "en" of "en-us". */
function primary(language: string): string {
  return language.split(/[-_]/)[0]!;
}

/** Of 20261125T142000Z; undefined where it is something else. */
function timeOf(date: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
