/** What the Hub's refusals and broken connections mean to the user, and what he can do. */
import { SaccadeError } from '../../shared/failure.ts';
import { t } from '../../shared/words.ts';
import { SilentServerError } from './timedFetch.ts';

/** @param error what was thrown; undefined where the answer makes no sense */
export function hubFailure(error: unknown, id: string, endpoint: string): Error {
  if (error instanceof SaccadeError) return error;
  return new SaccadeError('download', sentence(error, id, endpoint));
}

function sentence(error: unknown, id: string, endpoint: string): string {
  if (error instanceof SilentServerError)
    return t('{0} did not answer within {1} seconds. Try again later; what has come is kept.', endpoint, error.seconds);
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    return t(
      '{0} does not show {1} to everybody, or does not have it. Check the name; where the model has conditions, accept them on its page and give your token by the command Set Hub Token.',
      endpoint,
      id,
    );
  }
  if (status === 404) return t('{0} does not have {1}. Check the name.', endpoint, id);
  if (status === 429) return t('{0} was asked too often. Try again in some minutes; what has come is kept.', endpoint);
  if (status !== undefined)
    return t('{0} does not work at the moment (status {1}). Try again later; what has come is kept.', endpoint, status);
  if (isConnectionError(error)) {
    return t(
      'The connection to {0} failed ({1}). Check the network, the proxy and the setting saccade.hubEndpoint; what has come is kept.',
      endpoint,
      reasonOf(error),
    );
  }
  return t('{0} does not answer as the Hub does. Check the setting saccade.hubEndpoint.', endpoint);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function isConnectionError(error: unknown): error is Error {
  // What the answers' reader throws where they are not the Hub's: no JSON, or another one.
  return error instanceof Error && !(error instanceof SyntaxError) && error.name !== 'InvalidApiResponseFormatError';
}

function reasonOf({ cause, message }: Error): string {
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : message;
}
