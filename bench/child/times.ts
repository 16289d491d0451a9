/** How long the server took for each answer: from the parsed request to the last byte handed over. */
import { subscribe } from 'node:diagnostics_channel';

const begun = new WeakMap<object, number>();
let times: number[] = [];

subscribe('http.server.request.start', (message) => {
  begun.set((message as { request: object }).request, performance.now());
});
subscribe('http.server.response.finish', (message) => {
  const start = begun.get((message as { request: object }).request);
  if (start !== undefined) times.push(performance.now() - start);
});

/** ms of each answer since the last call. */
export function takeTimes(): number[] {
  const taken = times;
  times = [];
  return taken;
}
