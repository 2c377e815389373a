/** The settings with their types; a value of the wrong type in settings.json counts as not set. */
import * as vscode from 'vscode';
import { DESTINATIONS, type Destination } from './destinations/destination.ts';
import { ENGINE_PATHS, type DeviceChoice } from './shared/engineStatus.ts';
import { NEVER, type GlossaryEntry } from './shared/glossary.ts';
import type { ModelDefaults } from './models/chooseModel.ts';
import { HUB_ENDPOINT } from './models/hubEndpoint.ts';
import { isLanguage, type Language } from './shared/task.ts';

const SECTION = 'saccade';
export const DEVICE_SETTING = `${SECTION}.device`;
export const IDLE_SETTING = `${SECTION}.idleMinutes`;
export const GLOSSARY_SETTING = `${SECTION}.glossary`;

export function targetLanguage(scope?: vscode.ConfigurationScope): Language {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('targetLanguage');
  return isLanguage(value) ? value : 'de';
}

/** Written where the user has set it already, else for all of the user's windows. */
export async function setTargetLanguage(language: Language): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const inWorkspace = configuration.inspect('targetLanguage')?.workspaceValue !== undefined;
  await configuration.update(
    'targetLanguage',
    language,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}

export function deviceChoice(): DeviceChoice {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('device');
  return ENGINE_PATHS.find((path) => path === value) ?? 'auto';
}

/** 0 where the original's width is kept; that is also where the column of the first ruler is wanted and there is none. */
export function wrapColumn(scope: vscode.ConfigurationScope): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('wrapColumn');
  if (value === -1) return firstRuler(scope);
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : 0;
}

function firstRuler(scope: vscode.ConfigurationScope): number {
  const rulers: unknown = vscode.workspace.getConfiguration('editor', scope).get('rulers');
  const first: unknown = Array.isArray(rulers) ? rulers[0] : undefined;
  // With a colour of its own, a ruler is an object.
  const column: unknown = typeof first === 'object' && first !== null && 'column' in first ? first.column : first;
  return typeof column === 'number' && column > 0 ? Math.floor(column) : 0;
}

export function destination(scope: vscode.ConfigurationScope | undefined): Destination {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('destination');
  return DESTINATIONS.find((known) => known === value) ?? 'replace';
}

/** The language that texts are written in; undefined where the user leaves it open. */
export function sourceLanguage(): Language | undefined {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('sourceLanguage');
  return isLanguage(value) ? value : undefined;
}

/** Which model does what, where it is not the bundled one. */
export function modelDefaults(): ModelDefaults {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('models');
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** For all of the user's windows. */
export async function setModelDefaults(defaults: ModelDefaults): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update('models', defaults, vscode.ConfigurationTarget.Global);
}

/** Where models come from, without a slash at the end. */
export function hubEndpoint(): string {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('hubEndpoint');
  return typeof value === 'string' && /^https?:\/\/[^/]/.test(value) ? value.replace(/\/+$/, '') : HUB_ENDPOINT;
}

/** How long the engine may keep its memory while nobody needs it; 0: for ever. */
export function idleMinutes(): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('idleMinutes');
  return typeof value === 'number' && value >= 0 ? value : 15;
}

/** Of the search; 1 is greedy decoding. */
export function beams(): number {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('beams');
  return typeof value === 'number' ? Math.min(8, Math.max(1, Math.floor(value))) : 1;
}

/** Words and their translations into every language, or by language. */
export function glossarySetting(scope: vscode.ConfigurationScope | undefined): GlossaryEntry[] {
  return Object.entries(glossaryValue(scope)).flatMap(([source, value]) => {
    if (typeof value === 'string') return [entryOf(source, value, undefined)];
    if (typeof value !== 'object' || value === null) return [];
    const byLanguage = Object.entries(value as Readonly<Record<string, unknown>>);
    return byLanguage.flatMap(([language, target]) =>
      isLanguage(language) && typeof target === 'string' ? [entryOf(source, target, language)] : [],
    );
  });
}

/** For all of the user's windows, in the place of what the source had for that language. */
export async function addToGlossarySetting({ source, target, language }: GlossaryEntry): Promise<void> {
  const all = glossaryValue(undefined);
  const before = all[source];
  const written = target === source ? NEVER : target;
  const byLanguage = typeof before === 'object' && before !== null ? before : {};
  const value = { ...all, [source]: language === undefined ? written : { ...byLanguage, [language]: written } };
  await vscode.workspace.getConfiguration(SECTION).update('glossary', value, vscode.ConfigurationTarget.Global);
}

function glossaryValue(scope: vscode.ConfigurationScope | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get('glossary');
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function entryOf(source: string, target: string, language: Language | undefined): GlossaryEntry {
  return { source, target: target.trim() === '' || target === NEVER ? source : target, language };
}

/** Whether what the user corrects is remembered. */
export function remembersCorrections(): boolean {
  return translationMemoryUse() !== 'off';
}

/** Whether what is remembered goes before what the model would write. */
export function usesTranslationMemory(): boolean {
  return translationMemoryUse() === 'use';
}

function translationMemoryUse(): 'use' | 'remember' | 'off' {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get('translationMemory');
  return value === 'remember' || value === 'off' ? value : 'use';
}

/** Whether comments under the mouse are shown in the target language. */
export function hoverTranslation(scope: vscode.ConfigurationScope): boolean {
  return vscode.workspace.getConfiguration(SECTION, scope).get('hoverTranslation') === true;
}
