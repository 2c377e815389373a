/** The tools that chat agents can call. Does not translate, and reads nothing but what it is given. */
import * as vscode from 'vscode';
import type { SaccadeApi } from './saccadeApi.ts';
import { failureOf } from './shared/failure.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from './shared/task.ts';

/** The input is what an agent wrote, so nothing about it is sure. */
type Input = Readonly<Record<string, unknown>>;

/** Nothing where this VS Code has no tools. */
export function registerTools(api: Pick<SaccadeApi, 'translate' | 'summarise'>): vscode.Disposable[] {
  if (typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerTool !== 'function') return [];
  return [
    vscode.lm.registerTool<Input>('saccade_translate', {
      prepareInvocation: ({ input: { to } }) => ({
        invocationMessage: `Translating into ${isLanguage(to) ? LANGUAGE_NAMES[to] : 'another language'} on this machine`,
      }),
      async invoke({ input: { text, to } }) {
        if (!isLanguage(to)) return said(`The language must be one of ${LANGUAGES.join(', ')}.`);
        return typeof text === 'string' ? answer(api.translate(text, to)) : said('There is no text.');
      },
    }),
    vscode.lm.registerTool<Input>('saccade_summarise', {
      prepareInvocation: () => ({ invocationMessage: 'Summarising on this machine' }),
      async invoke({ input: { text } }) {
        return typeof text === 'string' ? answer(api.summarise(text)) : said('There is no text.');
      },
    }),
  ];
}

/** An agent is told what went wrong as a person is, and can do what the message says. */
async function answer(work: Promise<string>): Promise<vscode.LanguageModelToolResult> {
  return said(await work.catch((error: unknown) => `It did not work: ${failureOf(error).message}`));
}

function said(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
