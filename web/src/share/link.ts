/**
 * Share links: all of it in the address after '#', so that it never reaches a server.
 *   #1.<base64url of raw deflate of JSON {code, world?, request?, lesson?}>
 * The number is permanent: every link ever made keeps opening. Unknown fields are ignored.
 */
import { fromBase64Url, inflateRaw, deflateRaw, toBase64Url, TooLarge } from './codec.ts';

export interface Shared { code: string; world?: string; request?: number; lesson?: string }
export type LinkProblem = 'newer' | 'damaged' | 'too-large';
export type Opened =
  | { kind: 'none' }
  | { kind: 'shared'; shared: Shared }
  | { kind: 'problem'; problem: LinkProblem };

const FORMAT = 1;
/** A link is somebody else's text: what it unpacks to is bounded before it is unpacked. */
const LARGEST = 256 * 1024;

export async function makeHash(shared: Shared): Promise<string> {
  const { code, world, request, lesson } = shared;
  const text = JSON.stringify({ code, world, request, lesson });
  return `#${FORMAT}.${toBase64Url(await deflateRaw(new TextEncoder().encode(text)))}`;
}

export async function openHash(hash: string): Promise<Opened> {
  const text = hash.replace(/^#/, '');
  if (text === '') return { kind: 'none' };
  const parts = /^(\d{1,6})\.(.*)$/s.exec(text);
  // Other fragments are places on the page, not links of ours.
  if (!parts) return /^[A-Za-z][\w-]*$/.test(text) ? { kind: 'none' } : { kind: 'problem', problem: 'damaged' };
  const format = Number(parts[1]);
  if (format > FORMAT) return { kind: 'problem', problem: 'newer' };
  if (format !== FORMAT) return { kind: 'problem', problem: 'damaged' };
  try {
    // Chats append punctuation to links and wrap them; neither belongs to the alphabet.
    const packed = fromBase64Url(parts[2]!.replace(/[\s.,;:!?)>\]'"]+$/, ''));
    const json = new TextDecoder('utf-8', { fatal: true }).decode(await inflateRaw(packed, LARGEST));
    const shared = checked(JSON.parse(json));
    return shared ? { kind: 'shared', shared } : { kind: 'problem', problem: 'damaged' };
  } catch (error) {
    return { kind: 'problem', problem: error instanceof TooLarge ? 'too-large' : 'damaged' };
  }
}

function checked(value: unknown): Shared | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, world, request, lesson } = value as Record<string, unknown>;
  if (typeof code !== 'string') return null;
  const shared: Shared = { code };
  if (typeof world === 'string') shared.world = world;
  if (typeof request === 'number' && Number.isInteger(request) && request >= -1) shared.request = request;
  if (typeof lesson === 'string') shared.lesson = lesson;
  return shared;
}

export const problemText: Record<LinkProblem, string> = {
  newer: 'This link was made by a newer version of this page. Reload to get it; until then it cannot be opened here.',
  damaged: 'This link is damaged: a part of it is missing or was changed on the way. Ask for it again, best in full.',
  'too-large': 'This link holds more text than the page accepts (256 kB).',
};

/** Where a link of this length still fits. */
export function fits(length: number): string {
  if (length <= 2000) return 'short enough for any chat or mail';
  if (length <= 8000) return 'fits mail and issue trackers; some chats cut it off';
  return 'long: some programs will cut it off';
}
