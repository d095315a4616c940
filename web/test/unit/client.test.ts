import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CoreClient } from '../../src/core/client.ts';
import type { CoreHost } from '../../src/core/host.ts';
import type { Ask } from '../../src/core/messages.ts';
import type { Request } from '../../src/core/protocol.ts';

class FakeHost implements CoreHost {
  kind = 'worker' as const;
  sent: Ask[] = [];
  stopped = false;
  onmessage: CoreHost['onmessage'] = () => {};
  onerror: CoreHost['onerror'] = () => {};
  post(message: Ask): void {
    this.sent.push(message);
  }
  stop(): void {
    this.stopped = true;
  }
  ready(): void {
    this.onmessage({ type: 'ready', version: '1' });
  }
  answer(at = -1): void {
    const { id, request } = this.sent.at(at)!;
    this.onmessage({ type: 'reply', id, reply: { api: 1, ok: true, of: (request as { files?: { text: string }[] }).files?.[0]?.text } });
  }
}

const request = (text: string): Request => ({ api: 1, do: 'check', files: [{ name: 'main.py', text }] });
let hosts: FakeHost[];
const make = (more = {}) => {
  hosts = [];
  const host = () => {
    hosts.push(new FakeHost());
    return hosts.at(-1)!;
  };
  return new CoreClient({ hosts: [host, host], limit: 1000, loadLimit: 500, now: () => 0, ...more });
};

describe('the client of the core', () => {
  beforeEach(() => void vi.useFakeTimers());

  it('waits for the core, then asks', async () => {
    const client = make();
    const answer = client.ask('analyse', request('a'));
    expect(hosts[0]!.sent).toHaveLength(0);
    hosts[0]!.ready();
    hosts[0]!.answer();
    expect(await answer).toMatchObject({ kind: 'reply', reply: { of: 'a' } });
  });

  it('lets the latest win: what was overtaken is stale, waiting or running', async () => {
    const client = make();
    hosts[0]!.ready();
    const [one, two, three] = [client.ask('analyse', request('1')), client.ask('analyse', request('2')), client.ask('analyse', request('3'))];
    hosts[0]!.answer();
    hosts[0]!.answer();
    expect(await one).toEqual({ kind: 'stale' });
    expect(await two).toEqual({ kind: 'stale' });
    expect(await three).toMatchObject({ reply: { of: '3' } });
    expect(hosts[0]!.sent).toHaveLength(2);
  });

  it('keeps lanes apart, and analyses before it plays', async () => {
    const client = make();
    const play = client.ask('play', request('p'));
    const analyse = client.ask('analyse', request('a'));
    hosts[0]!.ready();
    hosts[0]!.answer();
    hosts[0]!.answer();
    expect(hosts[0]!.sent.map((m) => (m.request as { files: { text: string }[] }).files[0]!.text)).toEqual(['a', 'p']);
    expect(await play).toMatchObject({ kind: 'reply' });
    expect(await analyse).toMatchObject({ kind: 'reply' });
  });

  it('stops a run that takes too long, starts afresh, and goes on', async () => {
    const client = make();
    hosts[0]!.ready();
    const slow = client.ask('analyse', request('loop'));
    const next = client.ask('play', request('next'));
    vi.advanceTimersByTime(1001);
    expect(await slow).toEqual({ kind: 'timed-out' });
    expect(hosts[0]!.stopped).toBe(true);
    hosts[1]!.ready();
    hosts[1]!.answer();
    expect(await next).toMatchObject({ kind: 'reply' });
  });

  it('loses an answer to a crash, not the host, which starts the core afresh by itself', async () => {
    const client = make();
    hosts[0]!.ready();
    const doomed = client.ask('analyse', request('x'));
    hosts[0]!.onmessage({ type: 'crashed', id: hosts[0]!.sent[0]!.id, message: 'unreachable' });
    expect(await doomed).toEqual({ kind: 'crashed', message: 'unreachable' });
    const second = client.ask('analyse', request('y'));
    hosts[0]!.answer();
    expect(await second).toMatchObject({ reply: { of: 'y' } });
    expect(hosts).toHaveLength(1);
  });

  it('ignores what a stopped host still says', async () => {
    const client = make();
    hosts[0]!.ready();
    const first = client.ask('analyse', request('x'));
    client.stop();
    expect(await first).toEqual({ kind: 'stopped' });
    const second = client.ask('analyse', request('y'));
    hosts[0]!.answer();
    hosts[1]!.ready();
    hosts[1]!.answer();
    expect(await second).toMatchObject({ reply: { of: 'y' } });
  });

  it('tells that a request takes long, and when it is over', async () => {
    const client = make({ slowAfter: 300 });
    const told: boolean[] = [];
    client.onslow = (slow) => told.push(slow);
    hosts[0]!.ready();
    const quick = client.ask('analyse', request('quick'));
    vi.advanceTimersByTime(299);
    hosts[0]!.answer();
    await quick;
    vi.advanceTimersByTime(300);
    expect(told).toEqual([]);
    const slow = client.ask('analyse', request('slow'));
    vi.advanceTimersByTime(301);
    expect(told).toEqual([true]);
    hosts[0]!.answer();
    await slow;
    expect(told).toEqual([true, false]);
  });

  it('takes the next kind of host when one cannot be had', async () => {
    const refused = () => {
      throw new Error('no workers here');
    };
    const page = new FakeHost();
    const client = new CoreClient({ hosts: [refused, () => page], limit: 1000 });
    const answer = client.ask('analyse', request('a'));
    page.ready();
    page.answer();
    expect(await answer).toMatchObject({ kind: 'reply' });
  });

  it('takes the next one when the first does not start in time', () => {
    make();
    vi.advanceTimersByTime(501);
    expect(hosts).toHaveLength(2);
    expect(hosts[0]!.stopped).toBe(true);
  });

  it('says once and for all that there is no core', async () => {
    const client = make();
    const told = vi.fn();
    client.onunavailable = told;
    const before = client.ask('analyse', request('a'));
    hosts[0]!.onmessage({ type: 'load-failed', problem: 'no-webassembly', message: 'none' });
    expect(await before).toMatchObject({ kind: 'unavailable', problem: 'no-webassembly' });
    expect(await client.ask('play', request('b'))).toMatchObject({ kind: 'unavailable' });
    expect(told).toHaveBeenCalledTimes(1);
    client.revive();
    const again = client.ask('analyse', request('c'));
    hosts.at(-1)!.ready();
    hosts.at(-1)!.answer();
    expect(await again).toMatchObject({ kind: 'reply' });
  });
});
