// The sibling frame `post_message_forwarding` of Canvas: platform storage for the tool beside it (1EdTech LTI
// Client Side postMessages 1.0). What is kept is short-lived, per tool origin, in this tab only.
const store = new Map();
const limit = 500;

function handle(data, origin) {
  const key = `${origin} ${data.key}`;
  if (data.subject === 'lti.put_data') {
    if (store.size >= limit && !store.has(key))
      return { error: { code: 'storage_exhaustion', message: 'Full' } };
    if (data.value === null || data.value === undefined) store.delete(key);
    else store.set(key, String(data.value));
  }
  return { key: data.key, value: store.get(key) ?? null };
}

window.addEventListener('message', (event) => {
  const { data, origin, source } = event;
  if (!data || !source || !['lti.put_data', 'lti.get_data'].includes(data.subject)) return;
  const wellFormed = typeof data.key === 'string' && data.message_id !== undefined;
  const body = wellFormed
    ? handle(data, origin)
    : { error: { code: 'bad_request', message: 'key and message_id' } };
  source.postMessage({ subject: `${data.subject}.response`, message_id: data.message_id, ...body }, origin);
});
