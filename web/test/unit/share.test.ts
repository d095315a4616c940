import { describe, expect, it } from 'vitest';
import { deflateRaw, fromBase64Url, toBase64Url } from '../../src/share/codec.ts';
import { fits, makeHash, openHash } from '../../src/share/link.ts';
import oldLinks from '../fixtures/links.json' with { type: 'json' };

const pack = async (value: unknown, format = 1) =>
  `#${format}.${toBase64Url(await deflateRaw(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))))}`;

describe('share links', () => {
  it('give back what was put in, whatever the alphabet of the text', async () => {
    const shared = { code: 'print("Grüße 🎭")\n'.repeat(50), world: 'poisoned-selfsigned', request: 2, lesson: '010-x' };
    const hash = await makeHash(shared);
    expect(hash).toMatch(/^#1\.[A-Za-z0-9_-]+$/);
    expect(await openHash(hash)).toEqual({ kind: 'shared', shared });
  });

  it('keep opening: every link of the collection', async () => {
    for (const { hash, ...shared } of oldLinks) {
      const opened = await openHash(hash);
      expect(opened, hash.slice(0, 30)).toMatchObject({ kind: 'shared', shared });
    }
  });

  it('ignore fields that they do not know, and fields of the wrong kind', async () => {
    const hash = await pack({ code: 'x', world: 7, request: -2, colour: 'red' });
    expect(await openHash(hash)).toEqual({ kind: 'shared', shared: { code: 'x' } });
  });

  it('survive punctuation that a chat hangs on', async () => {
    const hash = await makeHash({ code: 'x = 1' });
    expect((await openHash(`${hash}).`)).kind).toBe('shared');
  });

  it('say what is wrong with them', async () => {
    const good = await makeHash({ code: 'x = 1\n'.repeat(80) });
    const problem = async (hash: string) => {
      const opened = await openHash(hash);
      return opened.kind === 'problem' ? opened.problem : opened.kind;
    };
    expect(await problem(good.slice(0, -9))).toBe('damaged');
    expect(await problem(good.replace('#1.', '#1.%%%'))).toBe('damaged');
    expect(await problem('#1.')).toBe('damaged');
    expect(await problem(await pack('no json'))).toBe('damaged');
    expect(await problem(await pack({ text: 'x' }))).toBe('damaged');
    expect(await problem(await pack({ code: 'x' }, 2))).toBe('newer');
    expect(await problem('#999999.abc')).toBe('newer');
    expect(await problem(await pack({ code: 'a'.repeat(300_000) }))).toBe('too-large');
    expect(await problem('#attack')).toBe('none');
    expect(await problem('')).toBe('none');
  });

  it('are told apart by length', () => {
    expect(fits(2000)).not.toBe(fits(2001));
    expect(fits(8000)).not.toBe(fits(8001));
  });

  it('use an alphabet that addresses leave alone', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(toBase64Url(bytes)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    expect(() => fromBase64Url('a+b')).toThrow();
  });
});
