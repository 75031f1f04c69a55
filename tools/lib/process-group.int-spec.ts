import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { gate } from '#libs/testing';
import { endGroups, runGroup } from './process-group.mjs';

const FAR_MS = 600_000;

describe('a group of processes', () => {
  it('says what it prints, and how it has ended', async () => {
    const lines: string[] = [];
    const options = { shell: true, limitMs: FAR_MS, onLine: (line: string) => lines.push(line) };
    const ended = await runGroup('echo one; echo two >&2; printf three; exit 3', [], options);
    expect(ended).toEqual({ code: 3, isTimedOut: false });
    expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('ends at its limit with everything it has started', async () => {
    // Both hold its output: it is not over before they are gone.
    const ended = await runGroup('sleep 600 & sleep 600', [], {
      shell: true,
      limitMs: 100,
      onLine: () => undefined,
    });
    expect(ended.isTimedOut).toBe(true);
  });

  it('ends when it has been silent for too long, and not while it speaks', async () => {
    const lines: string[] = [];
    const ended = await runGroup(
      'for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 0.5; done; sleep 600',
      [],
      {
        shell: true,
        limitMs: 4_000,
        isLimitOfSilence: true,
        onLine: (line) => lines.push(line),
      },
    );
    expect(ended.isTimedOut).toBe(true);
    expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(String));
  });

  // The last: nothing starts after it.
  it('is not followed by the next one once all are ended', async () => {
    const begun = gate();
    const options = { shell: true, limitMs: FAR_MS, onLine: () => begun.open() };
    const lane = async () => {
      await runGroup('echo begun; exec sleep 600', [], options);
      await runGroup('true', [], options);
      return 'the next one ran';
    };
    const going = lane();
    await begun.opened;
    await endGroups();
    await endGroups();
    const witness = once(spawn('sleep', ['0.2']), 'close').then(() => 'nothing ran');
    expect(await Promise.race([going, witness])).toBe('nothing ran');
  });
});
