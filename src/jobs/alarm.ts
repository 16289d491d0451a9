/** A sleep that can be ended early. A call that comes before the sleep is not lost: the next one ends at once. */
export interface Alarm {
  ring: () => void;
  sleep(ms: number): Promise<void>;
}

export function newAlarm(): Alarm {
  let rung = false;
  let end: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      end?.();
    },
    sleep: async (ms) => {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      [rung, end] = [false, null];
    },
  };
}
