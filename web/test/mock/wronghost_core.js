/**
 * A stand-in for the core, for work on the page while there is no Wasm build. Guesses from the text
 * with a few regular expressions; it is never part of what is shipped, and no test of behaviour
 * relies on what it says. Same interface as Emscripten's module.
 */
import { analyse, lesson, play } from './guess.js';

export default async function createWrongHost() {
  const heap = new Map();
  let next = 8;
  const keep = (text) => {
    const pointer = (next += 8);
    heap.set(pointer, text);
    return pointer;
  };
  return {
    _malloc: () => keep(''),
    _free: (pointer) => heap.delete(pointer),
    stringToUTF8: (text, pointer) => heap.set(pointer, text),
    lengthBytesUTF8: (text) => new TextEncoder().encode(text).length,
    UTF8ToString: (pointer) => heap.get(pointer),
    _wh_version: () => keep('0.0.0-mock'),
    _wh_handle(pointer) {
      const request = JSON.parse(heap.get(pointer));
      const text = request.files?.[0]?.text ?? '';
      // For tests of the page's own behaviour.
      if (text.includes('MOCK_TRAP')) throw new WebAssembly.RuntimeError('unreachable');
      if (text.includes('MOCK_HANG')) for (;;);
      const failure = { api: 1, ok: false, error: { code: 'unknown-request', message: request.do } };
      const reply =
        request.do === 'analyse' ? analyse(text)
        : request.do === 'play' ? play(text, request.world)
        : request.do === 'lesson' ? lesson(request.lesson, text)
        : failure;
      return keep(JSON.stringify(reply));
    },
  };
}
