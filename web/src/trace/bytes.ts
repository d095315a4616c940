/** Bytes as they were on the wire, for reading: offset, hexadecimal, text. */
export interface HexLine { offset: string; hex: string; text: string }

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** At most `most` bytes; `width` to a line. */
export function hexLines(bytes: Uint8Array, width = 8, most = 512): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < Math.min(bytes.length, most); at += width) {
    const part = [...bytes.subarray(at, Math.min(at + width, most))];
    lines.push({
      offset: at.toString(16).padStart(4, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(width * 3 - 1),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    });
  }
  return lines;
}
