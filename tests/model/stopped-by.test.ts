import { describe, expect, it } from 'vitest';
import { randomPrompts, tiny } from './support.js';

describe('a model that a signal stops', () => {
  const { config, model } = tiny(2, { nLayer: 2, tieWordEmbeddings: false });
  const prompts = randomPrompts(config, [5, 9, 3], 1);
  const options = { thoughts: 2, maxNewTokens: 20 };

  it('computes the same until then', async () => {
    const stop = new AbortController();
    expect(await model.stoppedBy(stop.signal).generate(prompts, options)).toEqual(
      await model.generate(prompts, options),
    );
  });

  it('ends between two passes of a generation with the reason, and the model itself goes on', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let said = 0;
    const isSettled = (): boolean => {
      said++;
      if (said === 2 * prompts.length) stop.abort(reason);
      return false;
    };
    const generation = model.stoppedBy(stop.signal).generate(prompts, { ...options, isSettled });
    await expect(generation).rejects.toBe(reason);
    expect(said).toBe(2 * prompts.length);
    expect((await model.generate(prompts, options)).ids[0]).toHaveLength(20);
  });

  it('begins nothing once it is aborted, and its runs end likewise', async () => {
    const stop = new AbortController();
    const run = await model.stoppedBy(stop.signal).run(prompts, { thoughts: 1 });
    stop.abort();
    await expect(run.nextTokenLogits(1)).rejects.toBe(stop.signal.reason);
    await expect(run.rethink({ thoughts: 2 })).rejects.toBe(stop.signal.reason);
    await expect(model.stoppedBy(stop.signal).run(prompts, { thoughts: 1 })).rejects.toBe(stop.signal.reason);
  });

  it('ends a row where what it has said is settled, and no other', async () => {
    const whole = await model.generate(prompts, options);
    const { ids, finished } = await model.generate(prompts, {
      ...options,
      isSettled: (said, row) => row === 1 && said.length === 3,
    });
    expect(finished).toEqual([false, true, false]);
    expect(ids).toEqual([whole.ids[0], whole.ids[1].slice(0, 3), whole.ids[2]]);
  });
});
