/** The difference of two texts by lines (longest common subsequence), in hunks with some context. */
export interface DiffLine { kind: 'same' | 'removed' | 'added'; text: string; before: number | null; after: number | null }
export interface Hunk { lines: DiffLine[] }

export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.replace(/\n$/, '').split('\n');
  const b = after.replace(/\n$/, '').split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const n = a.length - start - end;
  const m = b.length - start - end;
  // Two texts with next to nothing in common are not worth a table of millions of places.
  if (n * m > 1_000_000) {
    return [
      ...a.slice(0, start).map((text, i): DiffLine => ({ kind: 'same', text, before: i + 1, after: i + 1 })),
      ...a.slice(start, start + n).map((text, i): DiffLine => ({ kind: 'removed', text, before: start + i + 1, after: null })),
      ...b.slice(start, start + m).map((text, i): DiffLine => ({ kind: 'added', text, before: null, after: start + i + 1 })),
      ...a.slice(start + n).map((text, i): DiffLine => ({ kind: 'same', text, before: start + n + i + 1, after: start + m + i + 1 })),
    ];
  }
  // longest[i][j]: of the rests that begin at i and j.
  const longest = Array.from({ length: n + 1 }, () => new Uint32Array(m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      longest[i]![j] = a[start + i] === b[start + j]
        ? longest[i + 1]![j + 1]! + 1
        : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  const same = (i: number, j: number) => lines.push({ kind: 'same', text: a[i]!, before: i + 1, after: j + 1 });
  for (let i = 0; i < start; i += 1) same(i, i);
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && a[start + i] === b[start + j]) {
      same(start + i, start + j);
      i += 1;
      j += 1;
    } else if (i < n && (j === m || longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      lines.push({ kind: 'removed', text: a[start + i]!, before: start + i + 1, after: null });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: b[start + j]!, before: null, after: start + j + 1 });
      j += 1;
    }
  }
  for (let k = end; k > 0; k -= 1) same(a.length - k, b.length - k);
  return lines;
}

/** Without the indentation that all lines share: the difference is what counts, and narrow panes are narrow. */
export function dedented(lines: readonly DiffLine[]): DiffLine[] {
  const indents = lines.filter((line) => line.text.trim() !== '').map((line) => line.text.search(/\S/));
  const least = Math.min(...indents);
  return Number.isFinite(least) && least > 0 ? lines.map((line) => ({ ...line, text: line.text.slice(least) })) : [...lines];
}

/** Only what changed, with `context` unchanged lines around it. */
export function hunks(lines: readonly DiffLine[], context = 2): Hunk[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some((line) => line.kind !== 'same'),
  );
  const found: Hunk[] = [];
  lines.forEach((line, at) => {
    if (!near[at]) return;
    if (at === 0 || !near[at - 1]) found.push({ lines: [] });
    found.at(-1)!.lines.push(line);
  });
  return found;
}
