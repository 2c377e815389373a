/** The tools that chat agents can call. Does not translate, and reads nothing but what it is given. */
import * as vscode from 'vscode';
import type { SaccadeApi } from './saccadeApi.ts';
import { failureOf } from './shared/failure.ts';
import { isLanguage, languageName, LANGUAGES, type Language } from './shared/task.ts';
import { t } from './shared/words.ts';

/** The input is what an agent wrote, so nothing about it is sure. */
type Input = Readonly<Record<string, unknown>>;

/** Nothing where this VS Code has no tools. */
export function registerTools(api: Pick<SaccadeApi, 'translate' | 'summarise' | 'inspect'>): vscode.Disposable[] {
  if (typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerTool !== 'function') return [];
  return [
    vscode.lm.registerTool<Input>(
      'saccade_translate',
      intoLanguage((text, to) => api.translate(text, to)),
    ),
    vscode.lm.registerTool<Input>(
      'saccade_inspect',
      intoLanguage((text, to) => api.inspect(text, to)),
    ),
    vscode.lm.registerTool<Input>('saccade_summarise', {
      prepareInvocation: () => ({ invocationMessage: t('Summarising on this machine') }),
      async invoke({ input: { text } }) {
        return typeof text === 'string' ? answer(api.summarise(text)) : said('There is no text.');
      },
    }),
  ];
}

/** A tool whose work ends in a text, made from one and a language. */
function intoLanguage(work: (text: string, to: Language) => Promise<string>): vscode.LanguageModelTool<Input> {
  return {
    prepareInvocation: ({ input: { to } }) => ({
      invocationMessage: isLanguage(to) ? t('Translating into {0} on this machine', languageName(to)) : t('Translating on this machine'),
    }),
    async invoke({ input: { text, to } }) {
      if (!isLanguage(to)) return said(`The language must be one of ${LANGUAGES.join(', ')}.`);
      return typeof text === 'string' ? answer(work(text, to)) : said('There is no text.');
    },
  };
}

/** An agent is told what went wrong as a person is, and can do what the message says. */
async function answer(work: Promise<string>): Promise<vscode.LanguageModelToolResult> {
  return said(await work.catch((error: unknown) => `It did not work: ${failureOf(error).message}`));
}

function said(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
