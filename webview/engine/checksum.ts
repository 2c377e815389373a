/** Verifies that a file is the one the catalogue names. Knows not where it came from. */
import { SaccadeError } from '../../src/shared/failure.ts';
import { t } from '../../src/shared/words.ts';

/**
 * @param sha256 lower-case hexadecimal
 * @throws SaccadeError of kind "badModel" that names the file
 */
export async function verifyChecksum(path: string, sha256: string, content: ArrayBuffer): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found === sha256) return;
  throw new SaccadeError('badModel', t('The model file {0} is damaged (its checksum is wrong). Reinstall the extension.', path));
}
